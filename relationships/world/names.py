"""Invented names of places that sound like their country, in its own script where it has one.

A style is a set of openings, first, middle and last parts; "ki:木" is a part in Latin letters and
in the country's own. Parts meet at random, so now and then two places get one name, as in life.
"""

from functools import cache
from random import Random
from typing import NamedTuple

_STYLES = {
    "es": (
        "San_ Santa_ Villa_ Ciudad_ Puerto_ El_ La_ Los_ Nuevo_ Valle_de_",
        "Al Ar Bel Cal Can Car Cor Dur Es Gal Gua Her Jal Lla Mon Mor Nav Oca Pal Que Ron Sal "
        "Tam Tec Tol Urua Val Xal Yur Zar Gó Pé Ná Cué Ma Te Ira Chi",
        "a e i la me na pa ra ta tla ve za ri ño cá le xo ci to lu",
        "co da dez gos jara la lán les llo mez nas nia pan ra res rra tán tla zón ño que tepec",
    ),
    "en": (
        "North_ South_ East_ West_ New_ Lake_ Fort_ Mount_ Port_ Saint_",
        "Ash Bar Bel Brad Bur Cam Car Clay Dan Der El Fair Glen Graf Har Hud Jack Ken Lan Lex "
        "Mad Mar Mil Nor Oak Pem Ply Red Rock Roch Sher Stan Tay Wal War Whit Win York",
        "a e er ing le ley o on ow sley ter den mont ber",
        "ton ville field burg ford port dale wood ham bury _Springs _Falls _Heights _City mere "
        "stead land _Park _Grove",
    ),
    "de": (
        "Bad_ Neu Alt Ober Unter Sankt_ Groß Klein",
        "Alten Berg Brün Dorn Eber Frei Gold Hain Heil Karl König Lind Lüb Marien Mühl Neuen "
        "Oster Rein Rosen Schön Stein Wald Weiß Wies Zwei Grün Hohen",
        "en er el s in els",
        "au bach berg burg dorf feld hausen heim hofen ingen kirchen stadt stein wald furt brück",
    ),
    "fr": (
        "Saint- Sainte- Le_ La_ Les_ Mont- Château- Ville-",
        "Ab Am Au Beau Bé Bour Cham Char Clé Cour Dam Fon Gen Lan Mar Mon Neu Or Per Ro Sau Val "
        "Vau Ver Vil Étam",
        "a e i o en er ou ai",
        "bert court gnan gny illac lon mont nay rault reuil sac sonne tain ville villiers vin zay",
    ),
    "it": (
        "San_ Santa_ Castel_ Monte_ Porto_ Villa_ Borgo_ Rocca_",
        "Al Ber Bo Cal Cam Cas Cer Fa Fer Gal La Lu Man Mon No Or Pa Per Pi Ro Sar Tra Val Ver Vi",
        "a e i o re ri le mo na ta",
        "ano asco ello enna etto gnano ia iano la no one ra rese rino sano tina vena zza",
    ),
    "pt": (
        "São_ Santa_ Vila_ Porto_ Nova_ Campo_ Rio_ Monte_",
        "Al Ara Bar Bel Bra Cam Car Cas Cu Do Fei Gua Ita Jo La Ma Mon Ou Pa Pi Ri San Ta Vi",
        "a e i o ra ri ta po ci mo",
        "ba ça ções des eira inha íba lândia lho ma nópolis nça ré ro tins uã vas zes",
    ),
    "pl": (
        "Nowy_ Nowa_ Stary_ Wielki_ Górny_ Dolny_",
        "Bia By Chrza Czę Dą Gli Gru Jele Ka Kra Le Ło Mie Ol Pio Po Ra Rze So Sta Świd Tar Wał Za",
        "ł n r s w z dr gor mor",
        "awa ce cho czyn ec ica ice iec no ów owice rsk sko wa wiec yń żno",
    ),
    "tr": (
        "Yeni Kara Ak_ Büyük Küçük",
        "Af Al Ama Anta Ay Ba Ber Bo Çan Deni Ela Er Es Ga Gi Is Kay Kır Ma Mer Muğ Or Sam Si To",
        "a e ı i ka la ra sa",
        "bey cık dağ hisar kale kent kır köy lar maz niz nlı pınar rum şehir taş tepe",
    ),
    "ru": (
        "Novo:Ново Verkhne:Верхне Nizhne:Нижне Staro:Старо",
        "Bel:Бел Bog:Бог Vol:Вол Gor:Гор Dub:Дуб Zel:Зел Ivan:Иван Kam:Кам Kras:Крас Les:Лес "
        "Mir:Мир Niko:Нико Ozer:Озер Petro:Петро Rech:Реч Sever:Север Tikh:Тих Ural:Урал "
        "Chern:Черн Yug:Юг",
        "o:о a:а i:и ov:ов en:ен el:ел",
        "burg:бург gorsk:горск grad:град ino:ино ka:ка kovsk:ковск nsk:нск opol:ополь sk:ск "
        "vka:вка vo:во yarsk:ярск",
    ),
    "el": (
        "Nea_:Νέα_ Palaia_:Παλαιά_ Agia_:Αγία_",
        "Alex:Αλεξ Amf:Αμφ Dra:Δρα Ili:Ηλι Kal:Καλ Kor:Κορ Lar:Λαρ Meg:Μεγ Naf:Ναφ Oly:Ολυ "
        "Pat:Πατ Ser:Σερ Tri:Τρι Vol:Βολ Zak:Ζακ",
        "a:α e:ε i:ι o:ο an:αν",
        "da:δα issa:ισσα kala:καλα lia:λια mata:ματα nia:νία os:ος poli:πολη ra:ρα thos:θος",
    ),
    "ja": (
        "Kita:北 Minami:南 Higashi:東 Nishi:西 Shin:新",
        "Aka:赤 Ao:青 Ishi:石 Iwa:岩 Oka:岡 Kame:亀 Kawa:川 Kuro:黒 Shira:白 Taka:高 Taki:滝 "
        "Nishi:西 Naga:長 Hana:花 Haya:早 Hiro:広 Fuji:藤 Matsu:松 Mizu:水 Yama:山 Yoko:横 Waka:若",
        "no:野 mi:美 ga:賀 i:井 be:部 zu:津",
        "da:田 hama:浜 hara:原 jima:島 kawa:川 mori:森 mura:村 oka:岡 saka:坂 saki:崎 shiro:城 "
        "tani:谷 ura:浦 yama:山 zaki:崎",
    ),
    "zh": (
        "Bei:北 Nan:南 Dong:东 Xi:西 Xin:新 Da:大",
        "An:安 Bao:宝 Chang:长 Chun:春 De:德 Feng:丰 Fu:福 Guang:广 Hai:海 He:和 Hong:红 Hua:华 "
        "Jin:金 Kai:开 Lan:兰 Long:龙 Ming:明 Ning:宁 Ping:平 Qing:青 Shun:顺 Tai:太 Wen:文"
        " Yong:永",
        "he:河 hua:华 lin:林 men:门 shan:山 xing:兴 yun:云",
        "cheng:城 chuan:川 gang:港 jiang:江 kou:口 ling:岭 shui:水 tai:台 xi:溪 yang:阳 yuan:原 "
        "zhou:州 zhuang:庄",
    ),
    "ko": (
        "Buk:북 Nam:남 Dong:동 Seo:서 Sin:신",
        "An:안 Bo:보 Chang:창 Cheong:청 Dae:대 Gang:강 Geo:거 Gim:김 Gu:구 Gwang:광 Han:한 Hwa:화 "
        "I:이 Jeong:정 Mok:목 Pa:파 Po:포 Sam:삼 Sang:상 Yang:양 Yeong:영",
        "cheon:천 hae:해 je:제 nam:남 ryeong:령 san:산",
        "cheok:척 dong:동 ju:주 myeong:명 pyeong:평 seong:성 si:시 su:수 won:원 yang:양",
    ),
    "ar": (
        "al-:ال_ Bab_:باب_ Wadi_:وادي_",
        "Bar:بر Dar:دار Faw:فو Gha:غا Hab:حب Jam:جم Kar:كر Mah:مح Nab:نب Qas:قص Ram:رم Sal:سل "
        "Tab:طب Zah:زه",
        "a:ا i:ي u:و ra:را li:لي",
        "ba:با dan:دان ira:يرة kan:كان la:لا mun:مون ran:ران riya:رية sura:سورة tin:طين wan:وان",
    ),
    "hi": (
        "Nava:नव Purva:पूर्व Maha:महा",
        "Amar:अमर Bhav:भव Chand:चन्द Dev:देव Gan:गण Hari:हरि "
        "Indra:इन्द्र Jay:जय Kal:कल Lakshm:लक्ष्म "
        "Madh:मध Nand:नन्द Praj:प्रज Raj:राज Sundar:सुन्दर Vij:विज",
        "a:ा i:ि e:े o:ो",
        "bad:बाद garh:गढ़ gaon:गाँव kot:कोट nagar:नगर pur:पुर puram:पुरम",
    ),
}


class InventedName(NamedTuple):
    """In Latin letters, and in the country's own script where that is another (else empty)."""

    latin: str
    own: str


@cache
def _parts(style: str) -> tuple[list[tuple[str, str]], ...]:
    return tuple(
        [
            (latin.replace("_", " "), own.replace("_", " "))
            for latin, _colon, own in (part.partition(":") for part in text.split())
        ]
        for text in _STYLES[style]
    )


def invent(style: str, random: Random) -> InventedName:
    """One name. About four in ten have an opening such as "San", some lack the middle part."""
    openings, first, middle, last = _parts(style)
    chosen = [random.choice(first)]
    if random.random() < 0.85:
        chosen.append(random.choice(middle))
    chosen.append(random.choice(last))
    opening = random.choice(openings) if random.random() < 0.4 else ("", "")
    latin = "".join(part for part, _own in chosen)
    own = "".join(own for _part, own in chosen)
    if opening[0] and not opening[0].endswith((" ", "-")):
        latin, own = latin.lower(), own.lower()
    return InventedName(opening[0] + latin, opening[1] + own if own else "")
