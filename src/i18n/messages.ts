import { accountMail } from './en/account-mail.ts'
import { actMail } from './en/act-mail.ts'
import { acts } from './en/acts.ts'
import { addresses } from './en/addresses.ts'
import { agreement } from './en/agreement.ts'
import { approvals } from './en/approvals.ts'
import { audit } from './en/audit.ts'
import { certifications } from './en/certifications.ts'
import { consolePages } from './en/console.ts'
import { deliveries } from './en/deliveries.ts'
import { desk } from './en/desk.ts'
import { documents } from './en/documents.ts'
import { exams } from './en/exams.ts'
import { expiryMail } from './en/expiry-mail.ts'
import { feeds } from './en/feeds.ts'
import { frame } from './en/frame.ts'
import { home } from './en/home.ts'
import { mail } from './en/mail.ts'
import { merge } from './en/merge.ts'
import { planner } from './en/planner.ts'
import { privacy } from './en/privacy.ts'
import { profile } from './en/profile.ts'
import { program } from './en/program.ts'
import { quarantine } from './en/quarantine.ts'
import { questions } from './en/questions.ts'
import { reasons } from './en/reasons.ts'
import { recertification } from './en/recertification.ts'
import { recovery } from './en/recovery.ts'
import { requests } from './en/requests.ts'
import { security } from './en/security.ts'
import { signIn } from './en/sign-in.ts'
import { staff } from './en/staff.ts'
import { thread } from './en/thread.ts'
import { transcripts } from './en/transcripts.ts'
import { verification } from './en/verification.ts'

/** English is the type of every other language: one that misses a key or a placeholder does not compile. */
export const en = {
  ...frame,
  ...feeds,
  ...accountMail,
  ...actMail,
  ...acts,
  ...addresses,
  ...agreement,
  ...approvals,
  ...audit,
  ...certifications,
  ...consolePages,
  ...deliveries,
  ...desk,
  ...documents,
  ...exams,
  ...expiryMail,
  ...home,
  ...mail,
  ...merge,
  ...planner,
  ...privacy,
  ...profile,
  ...program,
  ...quarantine,
  ...questions,
  ...recertification,
  ...reasons,
  ...recovery,
  ...requests,
  ...security,
  ...signIn,
  ...staff,
  ...thread,
  ...transcripts,
  ...verification,
} as const

export type MessageKey = keyof typeof en
export type Messages = Record<MessageKey, string>

type Placeholders<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholders<Rest>
  : never

type Value = string | number

type Values<Key extends MessageKey> = [Placeholders<(typeof en)[Key]>] extends [never]
  ? []
  : [values: Record<Placeholders<(typeof en)[Key]>, Value>]

/** `awards.count` for the messages `awards.count.one` and `awards.count.other`. */
export type PluralKey = MessageKey extends infer Key
  ? Key extends `${infer Base}.other`
    ? Base
    : never
  : never

type PluralValues<Base extends PluralKey> = [
  Exclude<Placeholders<(typeof en)[`${Base}.other` & MessageKey]>, 'count'>,
] extends [never]
  ? []
  : [values: Record<Exclude<Placeholders<(typeof en)[`${Base}.other` & MessageKey]>, 'count'>, Value>]

/** Looks up messages of one language; a missing key or value does not compile. */
export interface Translate {
  <Key extends MessageKey>(key: Key, ...values: Values<Key>): string
  /** The form of `base` that the language uses for `count`, with `{count}` written as that language writes numbers. */
  plural<Base extends PluralKey>(base: Base, count: number, ...values: PluralValues<Base>): string
  readonly locale: string
  readonly direction: 'ltr' | 'rtl'
}

const languages: Record<string, Messages> = { en }

/** The messages of `locale`, or English where the product does not speak it. */
export function translator(locale: string): Translate {
  const known = languages[locale] ? locale : 'en'
  const messages = languages[known]!
  const pluralRules = new Intl.PluralRules(known)
  const numbers = new Intl.NumberFormat(known)

  const lookUp = (key: MessageKey, values: Record<string, Value> = {}) =>
    messages[key].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name]))

  const plural = (base: string, count: number, values: Record<string, Value> = {}) => {
    const exact = `${base}.${pluralRules.select(count)}`
    const key = (exact in messages ? exact : `${base}.other`) as MessageKey
    return lookUp(key, { ...values, count: numbers.format(count) })
  }

  return Object.assign(lookUp, { plural, locale: known, direction: 'ltr' }) as unknown as Translate
}
