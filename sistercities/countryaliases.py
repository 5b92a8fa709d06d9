"""Names of countries that CLDR does not give: short, official, historical and misspelt ones.

Collected from lists of sister cities as offices and Wikipedia keep them.
"""

# Where CLDR's name is a formula, or Spain's rather than Latin America's.
DISPLAY_NAMES = {
    "en": {
        "CD": "Democratic Republic of the Congo",
        "CG": "Republic of the Congo",
        "HK": "Hong Kong",
        "MM": "Myanmar",
        "MO": "Macao",
        "PS": "Palestine",
    },
    "es": {
        "CG": "República del Congo",
        "CI": "Costa de Marfil",
        "HK": "Hong Kong",
        "MM": "Myanmar",
        "MO": "Macao",
        "PS": "Palestina",
        "RO": "Rumania",
        "SA": "Arabia Saudita",
        "SZ": "Eswatini",
        "TL": "Timor Oriental",
    },
}

# Code to names, separated by "; ".
ALIASES = {
    "AE": "UAE; U.A.E.; Emirates; Emiratos Árabes; EAU; Vereinigte Emirate; VAE",
    "AG": "Antigua; Barbuda; Antigua and Barbuda",
    "AZ": "Azerbaidjan; Azerbaiyan; Aserbeidschan",
    "BA": "Bosnia; Bosnien; Bosnia-Hercegovina; Bosnia and Hercegovina; Bosnien-Herzegowina; "
    "Bosnien-Hercegovina; Bosnia y Hercegovina; BiH; Herzegovina; Republika Srpska",
    "BD": "Bangla Desh; Bangladesch; East Pakistan",
    "BF": "Upper Volta; Alto Volta; Obervolta; Haute-Volta; Burkina",
    "BJ": "Dahomey",
    "BN": "Brunei Darussalam",
    "BO": "Bolivia, Plurinational State of; Plurinational State of Bolivia; "
    "Estado Plurinacional de Bolivia",
    "BR": "Brasil; Brazilia",
    "BS": "The Bahamas; Bahamas, The",
    "BY": "Belorussia; Byelorussia; White Russia; Weißrussland; Weissrußland; Weißrußland; "
    "Bielorrusia; Belorrusia; Belarus'; Belorus; Bielorussia; Biélorussie",
    "BZ": "British Honduras",
    "CD": "Zaire; Zaïre; DR Congo; D.R. Congo; DRC; RDC; R. D. Congo; Congo DR; Congo, DR; "
    "Congo-Kinshasa; Congo (Kinshasa); Congo Kinshasa; Belgian Congo; Congo (DRC); "
    "Democratic Republic of Congo; Democratic Republic of the Congo; "
    "The Democratic Republic of the Congo; Congo, Democratic Republic of the; "
    "Congo, The Democratic Republic of the; Congo, Democratic Republic; Dem. Rep. Congo; "
    "Congo, Dem. Rep.; República Democrática del Congo; Demokratische Republik Kongo; "
    "DR Kongo; Kongo, Demokratische Republik; Rép. dém. du Congo; Congo (Rép. dém.)",
    "CF": "CAR; Centralafrica; Central Africa; Ubangi-Shari; RCA",
    "CG": "Congo; Kongo; Republic of the Congo; Republic of Congo; Congo Republic; "
    "Congo-Brazzaville; Congo (Brazzaville); Congo Brazzaville; Congo, Republic of the; "
    "Congo, Rep.; República del Congo; Republik Kongo; French Congo; Rép. du Congo",
    "CH": "Suisse; Svizzera; Swiss Confederation; Confoederatio Helvetica; Confederación Suiza",
    "CI": "Ivory Coast; Cote d'Ivoire; Côte Ivoire; Costa de Marfil; Elfenbeinküste",
    "CN": "PRC; P.R. China; PR China; P. R. China; People's Republic of China; China, PR; "
    "Peoples Republic of China; China (PRC); Mainland China; VR China; Volksrepublik China; "
    "República Popular China; República Popular de China; Rep. Popular China; "
    "China, People's Republic of; Red China; 中华人民共和国; 中華人民共和国",
    "CV": "Cape Verde; Cabo Verde; Cape Verde Islands; Kapverden; Kapverdische Inseln",
    "CW": "Curacao",
    "CY": "Republic of Cyprus; Zypern; Chypre",
    "CZ": "Czech Republic; Czechia; Czech Rep.; Czech; Tschechien; Tschechische Republik; "
    "Tschech. Republik; Tschech. Rep.; República Checa; Rep. Checa; Repubblica Ceca; "
    "République tchèque; Česká republika; Bohemia; Moravia; Böhmen; CR Tschechien",
    "DE": "Federal Republic of Germany; Fed. Rep. Germany; FRG; BRD; BR Deutschland; "
    "Bundesrepublik Deutschland; West Germany; Westdeutschland; East Germany; GDR; DDR; "
    "German Democratic Republic; República Federal de Alemania; RFA; Alemania Federal; Bavaria; "
    "Allemagne; Germania",
    "DK": "Danmark; Kingdom of Denmark",
    "DO": "Dominican Rep.; Dominican Republic; Rep. Dominicana; República Dominicana; "
    "R. Dominicana; Dom. Republik; Dominikanische Rep.",
    "EG": "United Arab Republic; Arab Republic of Egypt; Misr",
    "EH": "Western Sahrawi Arab Democratic Republic; SADR; RASD; "
    "Sahrawi Republic; Sáhara Occidental; Sahara; Westsahara; Spanish Sahara; Demokratische "
    "Arabische Republik Sahara; República Árabe Saharaui Democrática",
    "ES": "España; Kingdom of Spain; Catalonia; Cataluña; Basque Country; Estado español",
    "ET": "Abyssinia",
    "FK": "Falkland Islands; Falklands; Malvinas; Islas Malvinas; Falkland Islands (Malvinas)",
    "FM": "Micronesia; Federated States of Micronesia; F.S. Micronesia; FSM; "
    "Micronesia, Federated States of",
    "FO": "Faroe Islands; Faeroe Islands; Faroes; Färöer; Faroer",
    "FR": "France métropolitaine; Metropolitan France; République française; French Republic; "
    "Republica Francesa",
    "GB": "UK; U.K.; United Kingdom; Great Britain; Gr. Britain; Britain; G.B.; England; "
    "Scotland; Wales; Northern Ireland; N. Ireland; Ulster; Großbritannien; Grossbritannien; "
    "Schottland; Nordirland; Gran Bretaña; Inglaterra; Escocia; Gales; País de Gales; "
    "Irlanda del Norte; Grande-Bretagne; Angleterre; Écosse; Pays de Galles; Inghilterra; "
    "Gran Bretagna; Scozia; Galles; Vereinigtes Königreich; Cymru; "
    "United Kingdom of Great Britain and Northern Ireland",
    "GE": "Georgia; Georgia (country); Republic of Georgia; Georgia, Republic of; Grusinien; "
    "Gruzia; Sakartvelo",
    "GH": "Gold Coast",
    "GM": "Gambia; The Gambia; Gambia, The",
    "GN": "Guinea; Republic of Guinea; Guinea-Conakry; Guinea Conakry; French Guinea",
    "GQ": "Eq. Guinea; Spanish Guinea; Guinea Ecuatorial",
    "GR": "Grece; Hellas; Hellenic Republic; Ellada; Ελλάδα; Grecia",
    "GW": "Guinea Bissau; Guinée Bissau; Portuguese Guinea",
    "GY": "British Guiana",
    "HK": "Hong Kong; Hongkong; Hong Kong, China; Hong Kong SAR; China, Hong Kong",
    "HU": "Hungaria; Magyarország",
    "ID": "Dutch East Indies; Indonesien",
    "IE": "Ireland; Republic of Ireland; Irish Republic; Irish Free State; Eire; Éire; "
    "Rep. of Ireland; Ireland, Republic of; Republik Irland; República de Irlanda",
    "IM": "Isle of Man; Man, Isle of",
    "IR": "Persia; Islamic Republic of Iran; Iran, Islamic Republic of; Persien",
    "IS": "Island; Iceland",
    "IT": "Italia; Sardinia; Sicily; Republica Italiana",
    "JP": "Japa; Japan; Nippon; Nihon; Jápon; 日本国",
    "KE": "British East Africa",
    "KG": "Kirghizia; Kyrgyz Republic; Kirgisien; Kirghizstan; Kirguizistán; Kirguistán; "
    "Kirgistan; Kirgisistan",
    "KH": "Kampuchea; Khmer Republic; Kambodscha; Camboya",
    "KM": "Comoro Islands",
    "KN": "Saint Kitts and Nevis; St. Kitts and Nevis; St. Kitts; Saint Kitts; "
    "San Cristóbal y Nieves",
    "KP": "DPRK; DPR Korea; D.P.R. Korea; North Korea; N. Korea; Korea, North; Korea (North); "
    "Democratic People's Republic of Korea; Korea, Democratic People's Republic of; "
    "Demokratische Volksrepublik Korea; República Popular Democrática de Corea",
    "KR": "South Korea; Korea; Republic of Korea; Korea, Republic of; Korea, South; ROK; "
    "S. Korea; Korea (South); Korea, Rep.; Rep. of Korea; Corea; Corée; "
    "República de Corea; Republik Korea; Südkorea; Sudkorea; South-Korea; 대한민국; 韓国",
    "KZ": "Kazakhstah; Kazakstan; Kasachstan; Kazajistán; Kazajstán; Qazaqstan; Kazachstan",
    "LA": "Laos; Lao PDR; Lao People's Democratic Republic; Lao",
    "LC": "Saint Lucia; St. Lucia; Santa Lucía",
    "LK": "Ceylon; Ceilán; Ceylan",
    "LS": "Basutoland",
    "LU": "Grand Duchy of Luxembourg; Luxemburgo; Luxemburg; Letzebuerg",
    "LY": "Libyan Arab Jamahiriya; Libia",
    "MA": "Maroc; Marokko; Kingdom of Morocco; Marruecos; Marrocos",
    "MC": "Principality of Monaco",
    "MD": "Moldavia; Moldova; Moldawien; Republic of Moldova; Moldova, Republic of; "
    "Republik Moldau; Moldau; Moldavie",
    "ME": "Crna Gora",
    "MG": "Malagasy Republic; Madagaskar",
    "MK": "Macedonia; FYROM; F.Y.R.O.M.; FYR Macedonia; North Macedonia; Mazedonien; "
    "Republic of Macedonia; Macedonia, FYR; Macédoine; Macedónia; Nordmazedonien; "
    "Former Yugoslav Republic of Macedonia; The former Yugoslav Republic of Macedonia; "
    "Macedonia, the former Yugoslav Republic of",
    "MM": "Burma; Birma; Birmania; Birmanie; Birmânia; Union of Myanmar",
    "MN": "Outer Mongolia; Mongolian People's Republic",
    "MO": "Macau; Macao; Macau, China; Macao SAR; Macau SAR",
    "MW": "Nyasaland",
    "MX": "Mexico; Méjico; Mexiko; Mexique; Messico; Estados Unidos Mexicanos; "
    "United Mexican States; Rep. Mexicana; República Mexicana; Mex.",
    "MY": "Malaya; Federation of Malaya; Malasia",
    "NA": "South West Africa; Südwestafrika",
    "NG": "Federal Republic of Nigeria",
    "NL": "Netherlands; The Netherlands; Netherlands, The; Holland; Holanda; Hollande; Olanda; "
    "Kingdom of the Netherlands; Reino de los Países Bajos; Nederland; Niederlanden",
    "NO": "Norge; Kingdom of Norway",
    "NZ": "N. Zealand; Aotearoa; Nueva Zelandia; Nueva Zelanda; NZL",
    "PH": "Philipinen; Philippines; The Philippines; Philipines; Phillipines; Phillippines; "
    "Filipinas; Pilipinas; Republic of the Philippines; Philippinen",
    "PL": "Polska; Polonia; Republic of Poland; Polish People's Republic",
    "PR": "Puerto Rico; Porto Rico; Commonwealth of Puerto Rico; Puerto Rico, USA; "
    "Puerto Rico, United States",
    "PS": "Palestine; Palestina; Palestinian National Authority; Palestinian Authority; "
    "Palestinian territories; Palestinian Territory; State of Palestine; West Bank; Gaza Strip; "
    "Gaza; Occupied Palestinian Territory; Palestinian Territory, Occupied; Palästina; PNA; "
    "Palestine, State of; Palästinensische Autonomiebehörde; Palästinensische Autonomiegebiete; "
    "Autoridad Nacional Palestina; Autoridad Palestina; Cisjordania; Franja de Gaza; "
    "Westjordanland; Gazastreifen; Estado de Palestina; Palästinensisches Autonomiegebiet",
    "PT": "Azores; Madeira; Portuguese Republic",
    "RE": "Reunion Island; La Réunion; Isla Reunión",
    "RO": "Roumania; Rumania; Rumanía",
    "RS": "Republic of Serbia; Serbien; Servia; Vojvodina",
    "RU": "Russian Federation; Rußland; Russia; Federación Rusa; Federación de Rusia; "
    "Russische Föderation; Fédération de Russie; RF; Russian Fed.; RSFSR; Soviet Russia; РФ",
    "RW": "Ruanda",
    "SA": "Kingdom of Saudi Arabia; KSA; Arabia Saudí; Arabia Saudita; Saudi-Arabien",
    "SD": "The Sudan",
    "SI": "Republic of Slovenia; Slowenien; Eslovenia",
    "SK": "Slovak Republic; Slow. Republik; Slow. Rep.; Slowakische Republik; Slovakia; Slowakei; "
    "República Eslovaca; Rép. slovaque; Slovenská republika; Slovak Rep.; Slovensko",
    "SM": "Republic of San Marino; S. Marino",
    "SR": "Surinam; Suriname; Dutch Guiana",
    "ST": "São Tomé and Príncipe; Sao Tome and Principe; São Tomé; São Tomé e Príncipe; "
    "Santo Tomé y Príncipe",
    "SV": "El Salvador; Salvador; Rep. of El Salvador; República de El Salvador",
    "SY": "Syrian Arab Republic; Syria",
    "SZ": "Swaziland; Eswatini; eSwatini; Swazilandia; Suazilandia; Swasiland",
    "TH": "Siam; Kingdom of Thailand",
    "TJ": "Tadzhikistan; Tadjikistan; Tadschikistan; Tayikistán",
    "TL": "East Timor; Timor Leste; Timor Oriental; Osttimor; Timor oriental; Portuguese Timor",
    "TM": "Turkmenia; Turkmenistan",
    "TR": "Turkey; Turkiye; Türkei; Turquía; Republic of Turkey; Republic of Türkiye; Turquie; "
    "Turchia",
    "TT": "Trinidad; Tobago; Trinidad and Tobago; Trinidad y Tobago",
    "TW": "Taiwan; Taiwan R.O.C.; Taiwan ROC; R.O.C.; ROC; Republic of China; "
    "Republic of China (Taiwan); Taiwan (Republic of China); Taiwan, Republic of China; "
    "Chinese Taipei; Formosa; Nationalist China; Taiwan, Province of China; Taiwan, China; "
    "República de China; Republik China; 中華民國; 台灣; 臺灣",
    "TZ": "Tanganyika; Zanzibar; United Republic of Tanzania; Tanzania, United Republic of; "
    "Tansania; Tanzanía",
    "UA": "The Ukraine; Ukraina; Ukrainian SSR",
    "US": "USA; U.S.A.; US; U.S.; United States; United States of America; America; "
    "The United States; Vereinigte Staaten von Amerika; Ver. Staaten; EEUU; EE.UU.; EE. UU.; "
    "EUA; E.U.A.; Estados Unidos; Estados Unidos de América; Estados Unidos de Norteamérica; "
    "États-Unis d'Amérique; Stati Uniti d'America; Estados Unidos da América; Vereinigte Staaten; "
    "Untied States; United Sates; Unites States; U S A; 米国; アメリカ; アメリカ合衆国",
    "UY": "Oriental Republic of Uruguay; República Oriental del Uruguay",
    "VA": "Holy See; Vatican; Vatican City State; Santa Sede; Vaticano",
    "VC": "Saint Vincent and the Grenadines; St. Vincent and the Grenadines; St. Vincent; "
    "Saint Vincent; San Vicente y las Granadinas",
    "VE": "Venezuela, Bolivarian Republic of; Bolivarian Republic of Venezuela; "
    "República Bolivariana de Venezuela",
    "VG": "British Virgin Islands; Virgin Islands, British; Virgin Islands (British)",
    "VI": "US Virgin Islands; U.S. Virgin Islands; Virgin Islands, U.S.; Virgin Islands (US); "
    "United States Virgin Islands; Islas Vírgenes Americanas",
    "VN": "Viet Nam; Vietnam; South Vietnam; North Vietnam; Socialist Republic of Vietnam",
    "WS": "Western Samoa; Samoa; Samoa Occidental",
    "XK": "Kosovo; Kosova; Kosovo (UNMIK); Republic of Kosovo; Kosovo and Metohija",
    "YE": "North Yemen; South Yemen; Yemen Arab Republic",
    "ZA": "RSA; Union of South Africa; Republic of South Africa; S. Africa; Südafrika; "
    "Republik Südafrika; Suráfrica",
    "ZM": "Northern Rhodesia",
    "ZW": "Southern Rhodesia; Rhodesia; Rhodesien; Simbabwe",
}

# States without one successor and territories without a code: known, and no country.
NO_COUNTRY = (
    *("Czechoslovakia", "Tschechoslowakei", "Checoslovaquia", "Tchécoslovaquie", "ČSSR", "ČSFR"),
    *("USSR", "U.S.S.R.", "Soviet Union", "Unión Soviética", "URSS", "UdSSR", "Sowjetunion"),
    *("Union of Soviet Socialist Republics", "CCCP", "СССР"),
    *("Yugoslavia", "Jugoslawien", "Yugoeslavia", "Yougoslavie", "Jugoslavia", "SFRY"),
    *("Serbia and Montenegro", "Serbien und Montenegro", "Serbia y Montenegro"),
    *("Austria-Hungary", "Austro-Hungarian Empire", "Österreich-Ungarn", "Austria-Hungría"),
    *("Austrian Empire", "Kaisertum Österreich", "Imperio austríaco"),
    *("Prussia", "Preußen", "Prusia", "Kingdom of Prussia", "German Empire", "Deutsches Reich"),
    *("Ottoman Empire", "Osmanisches Reich", "Imperio otomano", "Russian Empire"),
    *("Northern Cyprus", "Turkish Republic of Northern Cyprus", "TRNC", "Nordzypern"),
    *("Chipre del Norte", "Transnistria", "Transnistrien", "Pridnestrovie"),
    *("Abkhazia", "Abchasien", "Abjasia", "South Ossetia", "Südossetien", "Osetia del Sur"),
    *("Nagorno-Karabakh", "Artsakh", "Republic of Artsakh", "Bergkarabach", "Somaliland"),
    *("Luhansk People's Republic", "Donetsk People's Republic", "Crimea", "Krim"),
    *("Netherlands Antilles", "Dutch Antilles", "Antillas Neerlandesas"),
    *("Niederländische Antillen", "Virgin Islands", "Islas Vírgenes", "West Indies"),
    *("Gran Colombia", "French Indochina", "Indochina", "Kurdistan", "Kurdistán"),
)
