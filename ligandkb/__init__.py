"""Which ligands should a chemist buy for bright CsPbX3 nanocrystals?"""
