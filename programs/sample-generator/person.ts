import type { CalendarDate } from '../../src/core/calendar-date.ts'
import type { Settings } from '../../src/program/program.ts'
import { countries } from './countries.ts'
import { type NamePool, namePools, type PoolName } from './name-pools.ts'
import type { Random } from './random.ts'

export type Person = {
  id: string
  pool: PoolName
  firstName: string
  middleName: string
  lastName: string
  suffix: string
  nativeFirstName: string
  nativeLastName: string
  email: string
  address1: string
  address2: string
  city: string
  state: string
  postalCode: string
  country: string
  phone: string
  phoneCountryCode: string
  company: string
  timeZone: string
}

/** What the vendor comes to know about a person, and from when. */
export type PersonVersion = { knownOn: CalendarDate; person: Person }

const weights = Object.fromEntries(
  Object.entries(namePools).map(([name, { weight }]) => [name, weight]),
) as Record<PoolName, number>

const STREETS = [
  'Station Road',
  'Old Mill Lane',
  'Harbour Street, Room B345',
  'Garden Avenue',
  'Market Square',
]
const COMPANIES = [
  '',
  '',
  'Aldergate Networks',
  'Bright & Sons, Ltd.',
  'Ümlaut Telekom',
  'Northern "Fibre" Co-op',
  'Kestrel IT',
]
const MAIL_DOMAINS = ['mail.example', 'mail.example', 'post.mail.example', 'example.org', 'example.net']

/** The printed number: spread over all numbers, never the same for two people. */
export function candidateIdOf({ candidateIdPrefix, candidateIdDigits }: Settings, index: number): string {
  const all = 10 ** candidateIdDigits
  const number = (BigInt(index) * 48_271n + 10_007n) % BigInt(all)
  return candidateIdPrefix + String(number).padStart(candidateIdDigits, '0')
}

export function makePerson(
  settings: Settings,
  random: Random,
  index: number,
  poolName: PoolName = random.weighted(weights),
): Person {
  const pool: NamePool = namePools[poolName]
  const country = random.pick(pool.countries)
  const { calling, phone, postal, cities, timeZone } = countries[country]!
  const [city, state = ''] = random.pick(cities)
  const name = nameFrom(pool, random)
  return {
    id: candidateIdOf(settings, index),
    pool: poolName,
    ...name,
    suffix: poolName === 'english' && random.chance(0.06) ? random.pick(['Jr.', 'III', 'Ph.D.']) : '',
    email: `${mailName(name)}.${index + 1}@${random.pick(MAIL_DOMAINS)}`,
    address1: `${random.between(1, 240)} ${random.pick(STREETS)}`,
    address2: random.chance(0.12) ? random.pick(['Apt 5', 'c/o Reception', 'Floor "B"']) : '',
    city,
    state,
    postalCode: filled(postal, random),
    country,
    phone: random.chance(0.9) ? filled(phone, random) : '',
    phoneCountryCode: calling,
    company: random.pick(COMPANIES),
    timeZone,
  }
}

/** The same person after a wedding, a move or a new job. */
export function changedPerson(person: Person, kind: 'name' | 'address' | 'job', random: Random): Person {
  if (kind === 'name') return { ...person, ...familyNameFrom(person, random) }
  if (kind === 'address')
    return { ...person, address1: `${random.between(1, 240)} ${random.pick(STREETS)}`, address2: 'Unit 12' }
  return { ...person, company: 'Kestrel IT', email: person.email.replace(/@.*/, '@work.mail.example') }
}

type Name = Pick<Person, 'firstName' | 'middleName' | 'lastName' | 'nativeFirstName' | 'nativeLastName'>

function nameFrom(pool: NamePool, random: Random): Name {
  const given = random.between(0, pool.given.length - 1)
  const family = random.between(0, pool.family.length - 1)
  const own = [pool.given[given]!, pool.family[family]!] as const
  const twice = pool.latin !== undefined && random.chance(0.4)
  const [firstName, lastName] = twice ? [pool.latin!.given[given]!, pool.latin!.family[family]!] : own
  return {
    firstName,
    lastName,
    middleName: pool.middle && random.chance(0.3) ? random.pick(pool.middle) : '',
    nativeFirstName: twice ? own[0] : '',
    nativeLastName: twice ? own[1] : '',
  }
}

function familyNameFrom({ pool: poolName, nativeLastName }: Person, random: Random) {
  const pool: NamePool = namePools[poolName]
  const place = random.between(0, pool.family.length - 1)
  const own = pool.family[place]!
  if (nativeLastName === '') return { lastName: own }
  return { lastName: pool.latin?.family[place] ?? own, nativeLastName: own }
}

function mailName({ firstName, lastName }: Name): string {
  const plain = (name: string) =>
    name
      .normalize('NFD')
      .toLowerCase()
      .replace(/[^a-z]/g, '')
      .slice(0, 20)
  return [plain(firstName), plain(lastName)].filter((part) => part !== '').join('.') || 'candidate'
}

function filled(pattern: string, random: Random): string {
  return pattern
    .replace(/#/g, () => String(random.between(0, 9)))
    .replace(/(?<=#|\d)A+|(?<= )A+$/g, (letters) => 'X'.repeat(letters.length))
}
