/** Where people live, in the vendor's words: ISO 3166-1 alpha-3, Latin letters, a calling code of its own. */
export type Country = {
  calling: string
  /** `#` stands for a digit. */
  phone: string
  postal: string
  cities: readonly (readonly [city: string, state?: string])[]
  timeZone: string
}

const at = (
  timeZone: string,
  calling: string,
  phone: string,
  postal: string,
  ...cities: string[]
): Country => ({
  calling,
  phone,
  postal,
  timeZone,
  cities: cities.map((city) => city.split('/') as [string, string?]),
})

export const countries: Readonly<Record<string, Country>> = {
  USA: at('America/New_York', '1', '617555####', '0####', 'Boston/MA', 'Raleigh/NC', 'Sunnyvale/CA'),
  CAN: at('America/Toronto', '1', '416555####', 'M5V #A#', 'Toronto/ON', 'Ottawa/ON'),
  GBR: at('Europe/London', '44', '20794#####', 'SW1A #AA', 'London', 'Leeds', 'Aberystwyth'),
  IRL: at('Europe/Dublin', '353', '1490####', 'D0# X2##', 'Dublin', 'Cork'),
  AUS: at('Australia/Sydney', '61', '2925#####', '2###', 'Sydney', 'Wagga Wagga'),
  DEU: at('Europe/Berlin', '49', '3090######', '1####', 'Berlin', 'München', 'Köln'),
  AUT: at('Europe/Vienna', '43', '15335###', '1###', 'Wien', 'Mödling'),
  CHE: at('Europe/Zurich', '41', '44555####', '8###', 'Zürich'),
  ESP: at('Europe/Madrid', '34', '9155#####', '28###', 'Madrid', 'A Coruña'),
  FRA: at('Europe/Paris', '33', '14270####', '75###', 'Paris', 'Orléans'),
  PRT: at('Europe/Lisbon', '351', '21346####', '1###-###', 'Lisboa'),
  BRA: at('America/Sao_Paulo', '55', '1132######', '01###-###', 'São Paulo'),
  MEX: at('America/Mexico_City', '52', '555552####', '06###', 'México'),
  ITA: at('Europe/Rome', '39', '06698#####', '00###', 'Roma', 'Forlì'),
  SWE: at('Europe/Stockholm', '46', '8555#####', '11# ##', 'Göteborg', 'Stockholm'),
  NOR: at('Europe/Oslo', '47', '2240####', '0###', 'Oslo', 'Tromsø'),
  DNK: at('Europe/Copenhagen', '45', '3312####', '1###', 'København', 'Aarhus'),
  ISL: at('Atlantic/Reykjavik', '354', '555####', '1##', 'Reykjavík'),
  FIN: at('Europe/Helsinki', '358', '95550####', '00###', 'Helsinki', 'Jyväskylä'),
  POL: at('Europe/Warsaw', '48', '22555####', '00-###', 'Warszawa', 'Łódź'),
  CZE: at('Europe/Prague', '420', '22422####', '110 ##', 'Praha', 'Plzeň'),
  HRV: at('Europe/Zagreb', '385', '1481####', '10###', 'Zagreb'),
  HUN: at('Europe/Budapest', '36', '1355####', '10##', 'Budapest'),
  ROU: at('Europe/Bucharest', '40', '21310####', '01####', 'București', 'Iași'),
  LVA: at('Europe/Riga', '371', '6722####', 'LV-10##', 'Rīga'),
  TUR: at('Europe/Istanbul', '90', '212555####', '34###', 'İstanbul', 'Muğla'),
  VNM: at('Asia/Ho_Chi_Minh', '84', '243821####', '10####', 'Hà Nội', 'Đà Nẵng'),
  NGA: at('Africa/Lagos', '234', '80255#####', '10####', 'Ìbàdàn', 'Lagos'),
  GRC: at('Europe/Athens', '30', '210322####', '105 ##', 'Athina', 'Thessaloniki'),
  CYP: at('Asia/Nicosia', '357', '2245####', '10##', 'Nicosia'),
  KAZ: at('Asia/Almaty', '7', '727255####', '05####', 'Almaty'),
  BGR: at('Europe/Sofia', '359', '2955####', '10##', 'Sofia'),
  UKR: at('Europe/Kyiv', '380', '44278####', '01###', 'Kyiv', 'Lviv'),
  SRB: at('Europe/Belgrade', '381', '11322####', '11###', 'Beograd', 'Niš'),
  EGY: at('Africa/Cairo', '20', '2255#####', '11###', 'Cairo', 'Alexandria'),
  ARE: at('Asia/Dubai', '971', '4355####', '', 'Dubai'),
  SAU: at('Asia/Riyadh', '966', '11455####', '11###', 'Riyadh'),
  JOR: at('Asia/Amman', '962', '6555####', '111##', 'Amman'),
  PAK: at('Asia/Karachi', '92', '21355#####', '74###', 'Karachi', 'Lahore'),
  ISR: at('Asia/Jerusalem', '972', '2555####', '91#####', 'Jerusalem', 'Haifa'),
  IND: at('Asia/Kolkata', '91', '8025######', '560###', 'Bengaluru', 'Chennai', 'Kolkata'),
  NPL: at('Asia/Kathmandu', '977', '1425####', '446##', 'Kathmandu'),
  BGD: at('Asia/Dhaka', '880', '2955####', '12##', 'Dhaka'),
  LKA: at('Asia/Colombo', '94', '11255####', '00###', 'Colombo', 'Jaffna'),
  THA: at('Asia/Bangkok', '66', '225#####', '10###', 'Bangkok', 'Chiang Mai'),
  KHM: at('Asia/Phnom_Penh', '855', '2355####', '12###', 'Phnom Penh'),
  GEO: at('Asia/Tbilisi', '995', '32255####', '01##', 'Tbilisi'),
  ARM: at('Asia/Yerevan', '374', '1055####', '00##', 'Yerevan'),
  ETH: at('Africa/Addis_Ababa', '251', '11555####', '1###', 'Addis Ababa'),
  CHN: at('Asia/Shanghai', '86', '1065######', '100###', 'Beijing', 'Chengdu'),
  SGP: at('Asia/Singapore', '65', '6535####', '04####', 'Singapore'),
  TWN: at('Asia/Taipei', '886', '22555####', '10#', 'Taipei', 'Kaohsiung'),
  HKG: at('Asia/Hong_Kong', '852', '2555####', '', 'Hong Kong'),
  JPN: at('Asia/Tokyo', '81', '35550####', '100-00##', 'Tokyo', 'Osaka'),
  KOR: at('Asia/Seoul', '82', '2555####', '045##', 'Seoul', 'Busan'),
  IDN: at('Asia/Jakarta', '62', '21555####', '101##', 'Jakarta', 'Yogyakarta'),
  NLD: at('Europe/Amsterdam', '31', '20555####', '1012 AB', 'Amsterdam', "'s-Hertogenbosch"),
}
