"""Invented names: drawn from two lists in a seeded order, never the same twice."""

from __future__ import annotations

from random import Random

_FIRST = """
Aisha Alan Alice Amir Anita Anna Ben Beth Bryony Callum Carys Cerys Chloe Claire Colin Craig
Dafydd Daniel Deepa Dylan Eilidh Elena Ella Emeka Emma Erin Esther Ewan Farah Fiona Fraser
Gareth Gemma Gita Grace Gwen Hamish Hannah Harpreet Harry Helen Ifeoma Imogen Imran Iona Isla
Jack James Jaya Joanna Joel Kemi Kieran Kirsty Laura Leila Leo Lewis Lucy Maeve Marcus Maria Mei
Megan Mina Mohan Naomi Nadia Neil Nia Niamh Nikhil Nina Olivia Omar Oscar Owen Paula Peter Priya
Rachel Rania Rhys Robin Rohan Rosa Rowan Ruth Sam Sana Sarah Sean Shona Sian Simon Sofia Tamsin
Tara Tariq Tess Theo Tunde Uma Victor Wei Yasmin Zara Zoe
"""

_LAST = """
Abara Acton Aldous Ansty Arkwell Ashdown Bagley Barrowby Beckwith Bellmore Bexley Birkett
Blakeney Bramwell Brindle Broadfoot Calloway Carrow Castleton Chandry Chilvers Clavering
Coldwell Copley Corbridge Cottesmore Cranmore Dacre Dalwhin Darby Denholm Dhaliwala Dovedale
Drayton Dunmore Eastlake Edgeworth Elmstead Enderby Eskdale Fairholm Farnley Fenwick Ferrybank
Fosdyke Foxcombe Gainford Garsdale Glaisdale Goswick Granby Greatrex Hadleigh Hallam Harcastle
Hartwith Haverhill Heathcote Helmsley Holmfirth Hurstwood Iddon Ilderton Inglewood Islip Jarrold
Jessamy Keldwith Kenmare Kettlewell Kilburn Kirkstead Lamorna Langstroth Larkfield Levens
Lindale Lockeridge Lynford Malpas Marchmont Marrick Mellis Merriott Midford Mowbray Nairnly
Netherby Newbiggin Northey Oakhanger Okoroma Ormside Osmother Oxspring Padgate Patelwala Penhale
Pickworth Polwarth Quenby Quillam Ravensby Redmire Ribston Rothley Rydal Saltmarsh Sandiway
Selworthy Shapwick Silsden Skelwith Stainmore Swinbrook Talgarth Tarleton Thirlby Thornaby
Tregavis Ullswood Underhill Uxley Venn Vintry Wadebrook Walsham Wansford Warcop Westerdale
Whinfell Wiske Yarrow Yelland Youlgrave Zennor
"""

FIRST_NAMES = tuple(_FIRST.split())
SURNAMES = tuple(_LAST.split())


class NameMaker:
    """Gives out invented full names, each once, in an order that depends on the seed only."""

    def __init__(self, random: Random) -> None:
        self._first = random.sample(FIRST_NAMES, len(FIRST_NAMES))
        self._last = random.sample(SURNAMES, len(SURNAMES))
        self._given = 0

    def next(self) -> str:
        """The next name. After every pair has been used, a middle initial tells people apart."""
        pairs = len(self._first) * len(self._last)
        round_number, place = divmod(self._given, pairs)
        self._given += 1
        # Walking both lists at once gives varied names early; the shift makes every pair new.
        shift, column = divmod(place, len(self._last))
        first = self._first[(column + shift) % len(self._first)]
        last = self._last[column]
        if round_number == 0:
            return f"{first} {last}"
        return f"{first} {chr(ord('A') + (round_number - 1) % 26)}. {last}"
