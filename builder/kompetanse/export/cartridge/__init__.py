"""The parts of a Common Cartridge: pages in the HTML that every system keeps, questions as QTI 1.2.1, the manifest.

Sources: IMS Common Cartridge 1.1 and its profile of QTI 1.2.1; what Moodle's converter demands beyond that (`backup/cc`) is
measured, and so is what it cleans away.
"""
