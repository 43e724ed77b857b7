"""The learner's desk: copies of the lessons, in which they write, and JupyterLab opened on them.

`python -m mlpkit.desk` (or `make lab`) brings the copies in the folder my_course up to date, says
what is new there, and opens the main lesson. Options go on to JupyterLab. copies.py lays the
copies, links.py keeps what they link to within reach.
"""
