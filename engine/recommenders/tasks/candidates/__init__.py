"""YoutubeDNN's candidate generation (Covington et al. 2016, §3)."""
