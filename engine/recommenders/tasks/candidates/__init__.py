"""YoutubeDNN's candidate generation (Covington et al. 2016, §3): hundreds of a whole catalogue, by what was watched."""

from engine.recommenders.tasks.base import register
from engine.recommenders.tasks.candidates.kind import Candidates

register(Candidates())
