"""What lists call a tie, as one of the registry's kinds."""

from relationships.models import Tie
from sistercities.folding import fold

Kind = Tie.Kind

_WORDS = {
    Kind.SISTER_CITY: "sister sister_city partnership partner twin twinned twinning sister_cities"
    " sister_city_agreement hermanamiento ciudad_hermana ciudades_hermanas hermana hermanas"
    " partnerschaft stadtepartnerschaft jumelage gemellaggio twin_town twin_towns sisters"
    " hermanamiento_de_ciudades partner_city partner_cities",
    Kind.FRIENDSHIP_CITY: "friendship friendship_city friendship_cities friend amistad"
    " ciudad_amiga ciudades_amigas freundschaft friendship_agreement convenio_de_amistad friendly",
    Kind.PROJECT: "project proyecto projekt project_partnership project_partners"
    " proyecto_de_cooperacion",
    Kind.CONTACT: "contact contacto kontakt first_contact contacts loose",
    Kind.SISTER_STATE: "sister_state sister_states estado_hermano estados_hermanos state",
    Kind.SISTER_COUNTY: "sister_county sister_counties condado_hermano county",
    Kind.OTHER: "other otro otra",
}
_INDEX = {word.replace("_", " "): kind for kind, text in _WORDS.items() for word in text.split()}
RANK = {
    kind: rank
    for rank, kind in enumerate(
        [
            *(Kind.CONTACT, Kind.OTHER, Kind.PROJECT, Kind.FRIENDSHIP_CITY),
            *(Kind.SISTER_COUNTY, Kind.SISTER_STATE, Kind.SISTER_CITY),
        ]
    )
}
"""Of two kinds that one file gives to a pair the closer bond holds."""


def read_kind(text: str) -> str | None:
    """A kind, "" when the text says nothing, None when it is not understood."""
    folded = fold(text)
    if not folded:
        return ""
    return _INDEX.get(folded)
