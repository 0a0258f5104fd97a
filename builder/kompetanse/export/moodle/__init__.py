"""The parts of a Moodle backup: its store of files, its activities, and what makes them a course.

Source: what Moodle 4.5 and 5.1 restore (`backup/moodle2`), measured field by field. A backup names its records by numbers of
our own choice; a restore gives them new ones.
"""
