"""YoutubeDNN's ranking (Covington et al. 2016, §4): dozens of hundreds, by how long each would be watched."""

from engine.recommenders.tasks.base import register
from engine.recommenders.tasks.ranking.kind import Ranking

register(Ranking())
