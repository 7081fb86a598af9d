"""YoutubeDNN's ranking (Covington et al. 2016, §4)."""
