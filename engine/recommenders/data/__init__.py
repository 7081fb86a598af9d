"""Where rows come from. Inside the room nothing imports what comes after it in this list:

``data_choice``  what is chosen of data, as a command line, a window or a checkpoint says it
``needed_columns``  that a table has what is needed of it
``missing``      which texts of a file stand for nothing
``logs``         who watched what and when: readers of the formats that people have
``tables``       rows with a label, and how their texts and numbers become ids and numbers
``worlds``       generated worlds whose truth is known
``remote``       the public data sets: licences and downloads
``sources``      every source declared in one file
"""
