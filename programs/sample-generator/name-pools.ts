/** Names as their bearers write them. `latin` ones stand beside when the vendor sends a name twice. */
export type NamePool = {
  /** How many of a thousand people have a name from here, more or less. */
  weight: number
  countries: readonly string[]
  given: readonly string[]
  family: readonly string[]
  middle?: readonly string[]
  /** Latin forms, in the same order as `given` and `family`. */
  latin?: { given: readonly string[]; family: readonly string[] }
}

const list = (names: string) => names.split(', ')

export const namePools = {
  english: {
    weight: 110,
    countries: ['USA', 'GBR', 'CAN', 'IRL', 'AUS'],
    given: list(
      'Grace, Liam, Sean, Emily, Robert "Bob", Mary-Jane, D’Arcy, Jean-Luc, Noah, Siobhán, Zoë, Renée',
    ),
    family: list(
      "O’Brien, O'Neil, Smith-Jones, Fitzgerald, MacLeod, St. John, Taylor, Okafor, Brontë, Walker",
    ),
    middle: list('Anne, J., Fitzwilliam, Rose, Q.'),
  },
  german: {
    weight: 60,
    countries: ['DEU', 'AUT', 'CHE'],
    given: list('Jürgen, Käthe, Björn, Sören, Ursula, Karl-Heinz, Günther, Anneliese, Jörg, Bärbel'),
    family: list('Müller, Schäfer, Groß, Weiß, von der Lühe, Österreicher, Köhler, Jäger, Strauß, Böhm'),
  },
  romance: {
    weight: 75,
    countries: ['ESP', 'FRA', 'PRT', 'BRA', 'MEX', 'ITA'],
    given: list(
      'José, François, João, Inês, Begoña, Chloé, Niccolò, Íñigo, Loïc, Conceição, Gaël, María José',
    ),
    family: list(
      'Núñez, Lefèvre, Gonçalves, Muñoz Ibáñez, D’Ambrosio, Magalhães, Peña, Œuvrard, Haÿ-Villard, Simões',
    ),
    middle: list('del Carmen, Ângelo, Noël, Ignacio'),
  },
  nordic: {
    weight: 35,
    countries: ['SWE', 'NOR', 'DNK', 'ISL', 'FIN'],
    given: list('Åsa, Øyvind, Søren, Þórdís, Ævar, Päivi, Jörgen, Guðrún'),
    family: list('Ångström, Bjørnstad, Kjærgaard, Þorsteinsdóttir, Hämäläinen, Öberg, Ødegård, Jónsson'),
  },
  central: {
    weight: 85,
    countries: ['POL', 'CZE', 'HRV', 'HUN', 'ROU', 'LVA', 'TUR'],
    given: list(
      'Łukasz, Małgorzata, Jiří, Kateřina, Željko, Győző, Ștefan, Ilze, Şükrü, Çiğdem, Šimon, Božena',
    ),
    family: list(
      'Żółkiewski, Šimić, Dvořák, Čapek, Szőke, Țurcanu, Bērziņš, Yılmaz, Wałęsa, Hüseyinoğlu, Ďurica',
    ),
  },
  vietnamese: {
    weight: 35,
    countries: ['VNM'],
    given: list('Ánh Tuyết, Đức, Hồng Nhung, Quỳnh, Thảo, Việt Dũng, Phượng, Ngọc Ẩn'),
    family: list('Nguyễn, Trần, Lê, Phạm, Huỳnh, Đặng, Vũ, Bùi'),
    middle: list('Thị, Văn, Hữu'),
  },
  yoruba: {
    weight: 20,
    countries: ['NGA'],
    given: list('Ọláyínká, Adébáyọ̀, Ṣadé, Chidiẹbere, Ìfẹ́olúwa'),
    family: list('Ògúnbándélé, Ṣóyínká, Adéọlá, Nwaọgụ, Ọ̀ṣúndáre'),
  },
  greek: {
    weight: 30,
    countries: ['GRC', 'CYP'],
    given: list('Ελένη, Γιώργος, Χρυσάνθη, Σπύρος, Ιωάννα, Οδυσσέας, Άγγελος'),
    family: list('Παπαδοπούλου, Αναγνωστόπουλος, Ξανθάκης, Ψυχογιού, Καραΐσκος, Μαΐλη'),
  },
  russian: {
    weight: 25,
    countries: ['KAZ', 'BGR'],
    given: list('Фёдор, Наталья, Юрий, Алёна, Пётр, Ксения, Артём'),
    family: list('Щукин, Воробьёва, Мельников, Цветаева, Жуковский, Елизарова'),
    middle: list('Алексеевич, Сергеевна'),
  },
  ukrainian: {
    weight: 30,
    countries: ['UKR'],
    given: list('Євген, Іванна, Ґалина, Олексій, Мар’яна, Соломія, Ярослав'),
    family: list('Шевченко, Ґудзь, Їжакевич, Коцюбинська, Лук’яненко, Нечуй-Левицький'),
  },
  serbian: {
    weight: 18,
    countries: ['SRB'],
    given: list('Љубица, Ђорђе, Његош, Џорџ, Јелена, Ћира'),
    family: list('Ђоковић, Јовановић, Љутић, Његовановић, Ћосић'),
  },
  arabic: {
    weight: 50,
    countries: ['EGY', 'ARE', 'SAU', 'JOR'],
    given: list('محمد, فاطمة الزهراء, عبد الرحمن, ليلى, يوسف, هبة الله'),
    family: list('الشريف, بن عبد العزيز, القحطاني, المصري, الأنصاري, حسين'),
    latin: {
      given: list('Mohammed, Fatima Zahra, Abd al-Rahman, Layla, Yusuf, Hebatallah'),
      family: list('al-Sharif, bin Abd al-Aziz, al-Qahtani, al-Masri, al-Ansari, Hussein'),
    },
  },
  urdu: {
    weight: 15,
    countries: ['PAK'],
    given: list('عائشہ, ذوالفقار, گلناز, چودھری'),
    family: list('بھٹی, قریشی, خٹک, صدیقی'),
  },
  hebrew: {
    weight: 22,
    countries: ['ISR'],
    given: list('שרה, יצחק, אביגיל, נועם, צפורה'),
    family: list('כהן, בן־דוד, לוי, שמעוני, אברהמי'),
  },
  devanagari: {
    weight: 55,
    countries: ['IND', 'NPL'],
    given: list('अनन्या, श्रीकृष्ण, प्रज्ञा, ऋषिकेश, लक्ष्मी, ज्ञानेश्वर, त्रिशा'),
    family: list('कृष्णमूर्ति, शर्मा, चक्रवर्ती, द्विवेदी, श्रेष्ठ, क्षीरसागर'),
  },
  bengali: {
    weight: 28,
    countries: ['BGD', 'IND'],
    given: list('শ্রাবন্তী, রবীন্দ্র, কৃষ্ণা, অর্ণব, নুসরাত'),
    family: list('চট্টোপাধ্যায়, রহমান, ভট্টাচার্য, মুখোপাধ্যায়, ইসলাম'),
  },
  tamil: {
    weight: 22,
    countries: ['IND', 'LKA'],
    given: list('கௌசல்யா, ஸ்ரீதர், முத்துலட்சுமி, வேல்முருகன்'),
    family: list('சுப்பிரமணியன், கிருஷ்ணன், பழனிச்சாமி, ஞானசம்பந்தன்'),
  },
  thai: {
    weight: 22,
    countries: ['THA'],
    given: list('สมชาย, กัญญารัตน์, ณัฐวุฒิ, พิมพ์ชนก, เกียรติศักดิ์'),
    family: list('วงศ์สวัสดิ์, ศรีสุข, ณ อยุธยา, ปิ่นแก้ว, ชินวัตร'),
  },
  khmer: {
    weight: 14,
    countries: ['KHM'],
    given: list('សុភា, ច័ន្ទរស្មី, វិចិត្រ, ស្រីពេជ្រ'),
    family: list('ហេង, ឈឹម, ស៊ុន, ញ៉ែម'),
  },
  georgian: {
    weight: 14,
    countries: ['GEO'],
    given: list('ნინო, გიორგი, ხატია, ლევან'),
    family: list('ჯუღაშვილი, ბერიძე, ქართველიშვილი, წერეთელი'),
  },
  armenian: {
    weight: 14,
    countries: ['ARM'],
    given: list('Անահիտ, Հովհաննես, Շուշանիկ, Գևորգ'),
    family: list('Պետրոսյան, Խաչատրյան, Տեր-Ղևոնդյան, Ջիվանյան'),
  },
  amharic: {
    weight: 8,
    countries: ['ETH'],
    given: list('አበበ, ትዕግሥት, ኃይሌ'),
    family: list('ገብረሥላሴ, ተስፋዬ, ወልደማርያም'),
  },
  simplified: {
    weight: 60,
    countries: ['CHN', 'SGP'],
    given: list('伟, 秀英, 国强, 丽娟, 宇轩, 晓东'),
    family: list('王, 张, 欧阳, 刘, 龚, 诸葛'),
    latin: {
      given: list('Wei, Xiuying, Guoqiang, Lijuan, Yuxuan, Xiaodong'),
      family: list('Wang, Zhang, Ouyang, Liu, Gong, Zhuge'),
    },
  },
  traditional: {
    weight: 28,
    countries: ['TWN', 'HKG'],
    given: list('雅婷, 志豪, 淑芬, 寶鳳, 國龍'),
    family: list('陳, 黃, 歐陽, 蕭, 鄧'),
  },
  japanese: {
    weight: 50,
    countries: ['JPN'],
    given: list('さくら, 健太郎, 陽菜, 翔太, みどり, 龍之介'),
    family: list('佐々木, 渡邊, 髙橋, 東海林, 五十嵐, 小鳥遊'),
    latin: {
      given: list('Sakura, Kentarō, Hina, Shōta, Midori, Ryūnosuke'),
      family: list('Sasaki, Watanabe, Takahashi, Shōji, Igarashi, Takanashi'),
    },
  },
  katakana: {
    weight: 8,
    countries: ['JPN'],
    given: list('マリア, ジョン, アレックス'),
    family: list('スミス, ゴンザレス, ウォーカー'),
  },
  korean: {
    weight: 35,
    countries: ['KOR'],
    given: list('민준, 서연, 지훈, 은혜, 현우'),
    family: list('김, 이, 박, 최, 황보'),
    latin: {
      given: list('Min-jun, Seo-yeon, Ji-hoon, Eun-hye, Hyun-woo'),
      family: list('Kim, Lee, Park, Choi, Hwangbo'),
    },
  },
  single: {
    weight: 12,
    countries: ['IDN', 'IND'],
    given: [''],
    family: list('Suharyanti, Prabowo, Wahyuningsih, Madhavi, Teller'),
  },
  long: {
    weight: 6,
    countries: ['ESP', 'LKA', 'NLD'],
    given: list('Maria Hildegard Elisabeth Charlotte, Wijesundara Mudiyanselage Chaminda Prasanna'),
    family: list(
      'Wolfeschlegelsteinhausenbergerdorff van Oldenbarnevelt tot Rhoonse Waarden, de la Santísima Trinidad Ruiz y Picasso de Ormaechea',
    ),
  },
} as const satisfies Record<string, NamePool>

export type PoolName = keyof typeof namePools
