"""What is tried for longer than a test may take, each as a program of its own: ``fuzz`` reads what nobody would write,
``kills`` ends processes at random, ``device`` holds a GPU to the CPU, ``bench`` measures.

``pytest checks`` tests the programs themselves.
"""
