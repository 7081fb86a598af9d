"""YoutubeDNN's ranking (Covington et al. 2016, §4): dozens of hundreds, by how long each would be watched."""
