"""Wide & Deep (Cheng et al. 2016) and YoutubeDNN (Covington et al. 2016): data, training, retrieval and service."""
