"""YoutubeDNN's candidate generation (Covington et al. 2016, §3): hundreds of a whole catalogue, by what was watched."""
