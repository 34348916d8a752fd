import { execFileSync, spawnSync } from 'node:child_process'
import { PDFDict, PDFDocument, type PDFHexString, PDFName } from '@cantoo/pdf-lib'
import { describe, expect, test } from 'vitest'
import { drawECertificate, type ECertificateFacts } from '../../src/documents/ecertificate.ts'
import { UndrawableCharacters } from '../../src/documents/type/typesetter.ts'
import { ecertificateFacts } from './ecertificate-facts.ts'
import { fontsOnDisk } from './fonts-on-disk.ts'

const hasPdftotext = spawnSync('pdftotext', ['-v']).error === undefined
if (!hasPdftotext) console.warn('pdftotext is missing (poppler-utils): what a PDF gives back is not tested')

const draw = (given: Partial<Omit<ECertificateFacts, 'words'>>) =>
  drawECertificate(ecertificateFacts(given), fontsOnDisk)

/** What is read back, without the marks of direction, which show nothing, and with each line break a space. */
function readBack(pdf: Uint8Array): string {
  const text = execFileSync('pdftotext', ['-enc', 'UTF-8', '-', '-'], { input: pdf, encoding: 'utf8' })
  return text
    .replace(/[\u200e\u200f\u202a-\u202e]/g, '')
    .replace(/\s+/g, ' ')
    .normalize('NFC')
}

const bytesAsText = (pdf: Uint8Array) => Buffer.from(pdf).toString('latin1')

const names: [script: string, name: string, language?: string][] = [
  ['Latin with diacritics', 'Zoë Çağlar-Łukaszewicz Ñuñez'],
  ['Vietnamese', 'Nguyễn Thị Hồng Phượng'],
  ['Polish', 'Świętosława Gżegżółka'],
  ['Greek', 'Ελένη Παπαδοπούλου Ἀχιλλεύς'],
  ['Cyrillic', 'Александра Ёлкина Ґалаґан'],
  ['simplified Han', '欧阳㛃雪', 'zh-Hans'],
  ['traditional Han', '歐陽驊', 'zh-Hant-TW'],
  ['Japanese', '髙橋 﨑子 ひらがな・カタカナ', 'ja'],
  ['Korean', '홍길동'],
  ['Arabic', 'علاء الدين عبد الله'],
  ['Arabic with vowel signs', 'محمد الحُسَيْنِيُ'],
  ['Hebrew with points', 'שָׁלוֹם בֶּן־דָּוִד'],
  ['Devanagari', 'श्रीकृष्ण क्षेत्रज्ञ त्रिपाठी'],
  ['Bengali', 'শ্রীমতী অপর্ণা বন্দ্যোপাধ্যায়'],
  ['Gurmukhi', 'ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ'],
  ['Gujarati', 'શ્રીકૃષ્ણ ક્ષત્રિય'],
  ['Oriya', 'ଶ୍ରୀକୃଷ୍ଣ'],
  ['Tamil', 'கௌசல்யா ஸ்ரீநிவாசன்'],
  ['Telugu', 'శ్రీనివాస్ కృష్ణమూర్తి'],
  ['Kannada', 'ಶ್ರೀಕೃಷ್ಣ ಕ್ಷೇತ್ರ'],
  ['Malayalam', 'ശ്രീകൃഷ്ണൻ നമ്പൂതിരി'],
  ['Sinhala', 'ශ්‍රී ක්‍රිෂ්ණ'],
  ['Thai', 'กิตติ์ธเนศ ปู่น้ำฟ้า'],
  ['Lao', 'ສົມສັກ ແກ້ວ'],
  ['Khmer', 'ស៊ុន ចាន់ធឿន ព្រះស្រី'],
  ['Burmese', 'အောင်ဆန်း ကျွန်ုပ်'],
  ['Tibetan', 'བསྟན་འཛིན་རྒྱ་མཚོ'],
  ['Georgian', 'გიორგი მაისურაძე'],
  ['Armenian', 'Հակոբ Մկրտչյան'],
  ['Ethiopic', 'አበበ ቢቂላ'],
  ['Thaana', 'މުޙައްމަދު'],
  ['Tifinagh', 'ⵜⵉⴼⵉⵏⴰⵖ'],
  ['Latin and Arabic', 'Sarah (سارة) Al-Rashid 3rd'],
  ['Latin and Han', 'David 王小明 Wang'],
  ['decomposed letters', 'Zoë Nguyễn 홍길동'.normalize('NFD')],
  ['punctuation', "Seán O’Connor-d'Ávila Jr."],
  ['a single word', 'Suharto'],
  ['two lines', 'Hubert Blaine Wolfeschlegelsteinhausenbergerdorff Senior von und zu Hohenlohe-Langenburg'],
  ['two Arabic lines', 'محمد بن عبد الله بن عبد المطلب بن هاشم بن عبد مناف بن قصي بن كلاب بن مرة القرشي'],
]

describe.skipIf(!hasPdftotext)('what stands on an eCertificate can be read back', () => {
  test.each(names)('a name: %s', async (_, holderName, holderLanguage) => {
    const pdf = await draw({ holderName, holderLanguage })

    expect(readBack(pdf)).toContain(holderName.normalize('NFC'))
  })

  test('a long name without spaces, over two lines', async () => {
    const holderName = '欧阳修司马光诸葛亮上官婉儿皇甫嵩令狐冲慕容复独孤求败东方不败西门吹雪南宫适'

    const text = readBack(await draw({ holderName }))

    expect(text.replaceAll(' ', '')).toContain(holderName)
    expect(text).not.toContain(holderName)
  })

  test('every other fact', async () => {
    const facts = ecertificateFacts()

    const text = readBack(await drawECertificate(facts, fontsOnDisk))

    for (const printed of [
      ...[facts.programName, facts.certificationName, facts.number, facts.disclaimer],
      ...[
        'Specialist · NCIS-ENT',
        '18 March 2025',
        '18 March 2028',
        '7KQ4-M2XD-P9RW-5TBN',
        'records.example.org/verify/7KQ4M2XDP9RW5TBN',
      ],
    ]) {
      expect(text).toContain(printed)
    }
  })

  test('an award that does not expire says so', async () => {
    expect(readBack(await draw({ expiresOn: null }))).toContain('Expires on Does not expire')
  })
})

test('the same facts give the same bytes, another name others', async () => {
  const first = await draw({ holderName: 'Ada Lovelace' })

  expect(bytesAsText(await draw({ holderName: 'Ada Lovelace' }))).toBe(bytesAsText(first))
  expect(bytesAsText(await draw({ holderName: 'Ada Byron' }))).not.toBe(bytesAsText(first))
})

test('a name with a character that no font draws is refused, not drawn with a hole', async () => {
  await expect(draw({ holderName: 'Ada 𒀀 Lovelace' })).rejects.toThrow(UndrawableCharacters)
  await expect(draw({ holderName: 'Ada 𒀀 Lovelace' })).rejects.toThrow('U+12000')
})

/** Every dictionary of the file that says it is of this type. */
function dictionaries(pdf: PDFDocument, type: string): PDFDict[] {
  return pdf.context
    .enumerateIndirectObjects()
    .flatMap(([, object]) => (object instanceof PDFDict ? [object] : []))
    .filter((entries) => entries.get(PDFName.of('Type')) === PDFName.of(type))
}

const textOf = (entries: PDFDict, key: string) => {
  const text = entries.lookup(PDFName.of(key)) as PDFHexString | undefined
  return text?.decodeText()
}

describe('the file', () => {
  test('is one small page that names its title, its language and its maker', async () => {
    const bytes = await draw({ holderName: 'Ada Lovelace' })
    const pdf = await PDFDocument.load(bytes, { updateMetadata: false })

    expect(pdf.getTitle()).toContain('Ada Lovelace')
    expect(pdf.getAuthor()).toBe('Networks Certification Program')
    expect(pdf.getCreator()).toBe('https://records.example.org')
    expect(pdf.getLanguage()).toBe('en')
    expect(pdf.catalog.getViewerPreferences()?.getDisplayDocTitle()).toBe(true)
    expect(pdf.getPages().map((page) => page.getSize())).toEqual([{ width: 841.89, height: 595.28 }])
    expect(bytes.length).toBeLessThan(60_000)
  })

  test('is dated by its award and carries its title where archives look for it', async () => {
    const bytes = await draw({ awardedOn: '2025-03-18' })
    const pdf = await PDFDocument.load(bytes, { updateMetadata: false })

    expect(pdf.getCreationDate()).toEqual(new Date('2025-03-18T00:00:00Z'))
    expect(pdf.getModificationDate()).toEqual(new Date('2025-03-18T00:00:00Z'))
    expect(Buffer.from(bytes).toString()).toMatch(/<dc:title>.*Ada Lovelace.*<\/dc:title>/)
  })

  test('is tagged: a heading, then paragraphs and named pictures in the order of reading', async () => {
    const pdf = await PDFDocument.load(await draw({}))
    const elements = dictionaries(pdf, 'StructElem')
    const roles = elements.map((element) => String(element.get(PDFName.of('S'))))

    expect(String(pdf.catalog.lookup(PDFName.of('MarkInfo')))).toContain('/Marked true')
    expect(roles.slice(0, 4)).toEqual(['/Document', '/P', '/H1', '/P'])
    expect(elements.map((element) => textOf(element, 'Alt')).filter(Boolean)).toEqual([
      'Seal of NCIS-ENT',
      expect.stringContaining('records.example.org/verify/'),
    ])
  })

  test('leads to its verification page where the QR code stands', async () => {
    const { verificationUrl } = ecertificateFacts()

    const [link, ...others] = dictionaries(await PDFDocument.load(await draw({})), 'Annot')

    expect(textOf(link!.lookup(PDFName.of('A'), PDFDict), 'URI')).toBe(verificationUrl)
    expect(others).toEqual([])
  })

  test('carries the text of what is drawn against the order of reading, for those who hear it', async () => {
    const spokenIn = async (holderName: string) =>
      dictionaries(await PDFDocument.load(await draw({ holderName })), 'StructElem')
        .map((element) => textOf(element, 'ActualText'))
        .filter(Boolean)

    expect(await spokenIn('سارة')).toEqual(['سارة'])
    expect(await spokenIn('Sara')).toEqual([])
  })
})
