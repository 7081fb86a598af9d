"""Logs of who watched what and when: readers of the formats that people have, streaming and in bounded memory."""
