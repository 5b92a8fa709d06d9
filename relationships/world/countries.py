"""The countries of the invented world: real codes, rough places, and how names sound there."""

from typing import NamedTuple


class WorldCountry(NamedTuple):
    """`share` is its part of the cities in thousandths; latitude, longitude and half the height
    and width of its box are in degrees; `style` names a sound in `relationships.world.names`."""

    code: str
    share: int
    style: str
    latitude: float
    longitude: float
    spread: float


_TABLE = """
MX 200 es 23.0 -102.0 6
US 250 en 38.5 -96.0 9
CA 30 en 49.0 -95.0 5
DE 50 de 51.0 10.2 3
FR 45 fr 46.6 2.4 3.5
JP 45 ja 36.0 138.0 3
IT 35 it 42.8 12.4 3
ES 35 es 40.2 -3.7 3
CN 35 zh 33.0 109.0 8
GB 30 en 52.8 -1.6 2.5
BR 22 pt -15.0 -48.0 8
PL 18 pl 52.0 19.3 2.5
RU 18 ru 56.0 48.0 9
IN 12 hi 22.0 79.0 6
TR 10 tr 39.0 35.0 4
KR 10 ko 36.4 127.8 1.3
AR 8 es -34.0 -64.0 6
CO 7 es 4.5 -74.0 3
CU 7 es 22.0 -79.0 2
CL 5 es -33.5 -71.0 4
PE 6 es -10.0 -75.5 4
CR 6 es 10.0 -84.0 0.8
GT 6 es 15.5 -90.4 1
SV 4 es 13.7 -88.9 0.5
HN 4 es 14.8 -86.6 1.2
NI 5 es 12.8 -85.1 1.3
PA 3 es 8.5 -80.1 1
DO 3 es 18.8 -70.3 0.8
PR 4 es 18.2 -66.4 0.4
EC 4 es -1.5 -78.5 2
BO 3 es -16.8 -64.8 3
VE 3 es 8.0 -66.0 3
UY 2 es -32.9 -56.0 1.5
PY 2 es -23.4 -58.2 2
NL 8 de 52.2 5.5 1
BE 7 fr 50.6 4.6 0.8
AT 7 de 47.6 14.2 1.2
CH 6 de 46.9 8.2 0.9
CZ 7 pl 49.8 15.4 1.4
SK 4 pl 48.7 19.5 0.9
HU 6 pl 47.2 19.4 1.3
RO 7 it 45.9 25.0 2
BG 5 ru 42.7 25.3 1.4
UA 6 ru 49.0 31.5 4
GR 5 el 39.4 22.4 2
PT 6 pt 39.6 -8.1 1.8
SE 5 de 60.0 15.5 4
NO 4 de 61.0 9.0 3
FI 4 pl 62.5 26.0 3
DK 4 de 56.0 9.6 1.2
IE 4 en 53.2 -7.9 1.4
AU 8 en -31.0 142.0 7
NZ 4 en -40.5 174.0 3
IL 4 ar 31.8 34.9 0.8
EG 3 ar 27.5 30.8 3
MA 4 ar 32.3 -6.4 2.5
TN 2 ar 35.3 9.6 1.5
PH 7 es 13.0 122.0 4
TW 5 zh 23.8 120.9 1
VN 3 zh 16.0 107.0 4
TH 3 hi 15.5 101.0 3
ZA 3 en -29.0 25.0 4
SN 2 fr 14.5 -14.8 1.5
CI 2 fr 7.5 -5.6 2
KE 2 en -0.5 37.5 2.5
"""

COUNTRIES = tuple(
    WorldCountry(code, int(share), style, float(latitude), float(longitude), float(spread))
    for code, share, style, latitude, longitude, spread in map(str.split, _TABLE.split("\n")[1:-1])
)
