"""The actions of ``recommend``: Wide & Deep and YoutubeDNN, from data to answers."""
