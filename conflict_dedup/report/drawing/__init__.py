"""Pictures of incidents: a map of them, and the course of one incident's toll.

Altair describes a picture, vl-convert draws it, without a browser and without network; both come with the extra
``report`` and are imported only where something is drawn.
"""
