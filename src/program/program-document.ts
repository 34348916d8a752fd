import * as v from 'valibot'
import { isCalendarDate, isLikelyDate } from '../core/calendar-date.ts'

const Text = v.pipe(v.string(), v.trim(), v.nonEmpty('must not be empty'))
const Code = v.pipe(
  v.string(),
  v.regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,49}$/, 'must be a code: letters, digits, dots, hyphens, underscores'),
)
const Email = v.pipe(v.string(), v.email('must be an e-mail address'))
const Url = v.pipe(v.string(), v.url('must be a URL'))
const OnDate = v.pipe(
  v.string(),
  v.check(isCalendarDate, 'must be a date that exists, YYYY-MM-DD'),
  v.check((date) => !isCalendarDate(date) || isLikelyDate(date), 'must be of the years 1900 to 2200'),
)
const Count = v.pipe(v.number(), v.integer('must be a whole number'), v.minValue(1, 'must be at least 1'))
/** They are counted one by one, and more than a season is no answer to "when will my result be here?" */
const BusinessDays = v.pipe(Count, v.maxValue(60, 'must be at most 60'))
/** A hundred years: longer than any career, and dates keep four digits. */
const Months = v.pipe(Count, v.maxValue(1200, 'must be at most 1200'))
const DayCount = v.pipe(
  v.number(),
  v.integer('must be a whole number'),
  v.minValue(0, 'must be at least 0'),
  v.maxValue(3650, 'must be at most 3650'),
)
/** A year: what is counted day by day has an end. */
const DaysOfYear = v.pipe(Count, v.maxValue(365, 'must be at most 365'))
const Hue = v.pipe(v.number(), v.minValue(0, 'must be 0 to 360'), v.maxValue(360, 'must be 0 to 360'))
const Tracks = v.pipe(v.array(Code), v.minLength(1, 'must name at least one track'))
const TwoLines = v.strictTuple([Text, Text])
const Only = v.literal(true, 'must be true, or left out')

const Settings = v.strictObject({
  timeZone: v.pipe(v.string(), v.check(isTimeZone, 'must be an IANA time zone')),
  /** ISO weekdays: 1 = Monday to 7 = Sunday. */
  businessDays: v.pipe(
    v.array(v.picklist([1, 2, 3, 4, 5, 6, 7])),
    v.minLength(1, 'must name at least one weekday'),
  ),
  holidays: v.array(OnDate),
  candidateIdPrefix: v.pipe(v.string(), v.regex(/^[A-Z]{0,6}$/, 'must be at most six capital letters')),
  candidateIdDigits: v.pipe(Count, v.maxValue(18, 'must be at most 18')),
  /** BCP 47; the first is the default. */
  languages: v.pipe(
    v.array(v.pipe(v.string(), v.check(isLanguage, 'must be a BCP 47 language tag'))),
    v.minLength(1, 'must name at least one language'),
  ),
  mail: v.strictObject({ from: v.strictObject({ address: Email, name: Text }), replyTo: Email }),
  support: v.strictObject({ text: Text, email: Email, url: Url }),
  branding: v.strictObject({ hue: Hue, monogram: TwoLines }),
  results: v.strictObject({ usualBusinessDays: BusinessDays, lateAfterBusinessDays: BusinessDays }),
  expiringSoonDays: Count,
  /**
   * When staff owe the next word on a request, and for how many days after the answer a candidate may ask further.
   * Three business days and 14 days where nothing is said.
   */
  requests: v.exactOptional(
    v.strictObject({ dueBusinessDays: v.exactOptional(DaysOfYear), reopenDays: v.exactOptional(DaysOfYear) }),
  ),
  registrationUrl: Url,
  /** What dates an award whose pass waited for a prerequisite: the day the set was complete, or that of the exam. */
  awardedOn: v.picklist(['completion', 'exam']),
  /** Of every certification that does not say otherwise; null: it never expires. */
  awardValidityMonths: v.nullable(Months),
})

/** A higher rank is a higher level. */
export const LevelSchema = v.strictObject({
  code: Code,
  name: Text,
  rank: v.pipe(v.number(), v.integer('must be a whole number')),
})

export const TrackSchema = v.strictObject({ code: Code, name: Text, hue: Hue })

/**
 * When an exam may be sat again. `daysAfterFail`: for the first failed attempt, the second and so on, the last for all
 * further ones; counted from the day after. `monthsAfterPass`: after a pass. `limits`: at most so many attempts within
 * so many months.
 */
export const RetakesSchema = v.strictObject({
  daysAfterFail: v.pipe(v.array(DayCount), v.minLength(1, 'must name at least one wait')),
  monthsAfterPass: v.exactOptional(Months),
  limits: v.exactOptional(v.array(v.strictObject({ attempts: Count, months: Months }))),
})

/**
 * An exam under our own code, and the series codes under which a vendor has known it, oldest first.
 * Leave out a date that is not known; catalogue.ts says what that means.
 */
export const ExamSchema = v.strictObject({
  code: Code,
  title: Text,
  level: Code,
  tracks: Tracks,
  kind: v.picklist(['written', 'lab']),
  retakes: v.exactOptional(RetakesSchema),
  minutes: v.exactOptional(Count),
  questions: v.exactOptional(Count),
  codes: v.pipe(
    v.array(v.strictObject({ code: Text, from: v.exactOptional(OnDate), until: v.exactOptional(OnDate) })),
    v.minLength(1, 'must give at least one exam series code'),
  ),
})

/**
 * What has to be done or held: one thing, or `all` or `any` of several, which may again be such. A certification counts
 * while it is active, or with `held: 'ever'` for good. An approval is given by the program's staff.
 */
export type Requirement = {
  exam?: string
  certification?: string
  held?: 'active' | 'ever'
  course?: string
  approval?: string
  all?: Requirement[]
  any?: Requirement[]
}

const Requirements = v.pipe(
  v.array(v.lazy(() => RequirementSchema)),
  v.minLength(1, 'must name at least one requirement'),
)

export const RequirementSchema: v.GenericSchema<Requirement> = v.pipe(
  v.strictObject({
    exam: v.exactOptional(Code),
    certification: v.exactOptional(Code),
    held: v.exactOptional(v.picklist(['active', 'ever'])),
    course: v.exactOptional(Code),
    approval: v.exactOptional(Code),
    all: v.exactOptional(Requirements),
    any: v.exactOptional(Requirements),
  }),
  v.check(
    ({ held, ...kinds }) => Object.keys(kinds).length === 1,
    'must be one of: exam, certification, course, approval, all, any',
  ),
  v.check(
    ({ held, certification }) => held === undefined || certification !== undefined,
    'held is said of a certification only',
  ),
)

/**
 * `exam` and `prerequisites` say what most certifications ask for; `requires` says anything else, beside them or instead.
 * Normalised they are one requirement; see requirement.ts.
 */
export const CertificationSchema = v.pipe(
  v.strictObject({
    code: Code,
    name: Text,
    level: Code,
    tracks: Tracks,
    exam: v.exactOptional(Code),
    /** Every group must be met; any active certification of a group meets it. */
    prerequisites: v.exactOptional(
      v.array(v.pipe(v.array(Code), v.minLength(1, 'a group without a certification is never met'))),
    ),
    requires: v.exactOptional(RequirementSchema),
    validityMonths: v.exactOptional(v.nullable(Months)),
    /** The two lines in the seal. */
    seal: TwoLines,
  }),
  v.check(
    ({ exam, requires }) => exam !== undefined || requires !== undefined,
    'must say what earns it: an exam, or what it requires',
  ),
)

const which = { level: v.exactOptional(Code), track: v.exactOptional(Code) }
const narrows = (selector: object) => Object.keys(selector).length > 0
const NARROWS = 'must select something'

/** Certifications for which everything given is true. */
const CertificationSelector = v.pipe(
  v.strictObject({ certification: v.exactOptional(Code), ...which }),
  v.check((selector) => narrows(selector), NARROWS),
)

/** `sameTrack`: as the certification being renewed. `inTrackOfActive`: in a track where one such is held. */
const ExamSelector = v.pipe(
  v.strictObject({
    exam: v.exactOptional(Code),
    ...which,
    sameTrack: v.exactOptional(Only),
    inTrackOfActive: v.exactOptional(CertificationSelector),
  }),
  v.check((selector) => narrows(selector), NARROWS),
)

export const RenewalRuleSchema = v.strictObject({
  id: Code,
  name: Text,
  renews: CertificationSelector,
  by: v.pipe(
    v.strictObject({
      passing: v.exactOptional(ExamSelector),
      earning: v.exactOptional(CertificationSelector),
    }),
    v.check((by) => Object.keys(by).length === 1, 'must be either passing or earning'),
  ),
})

/** What else is renewed with a renewed certification; `lower` and `sameTrack` compare with that one. */
export const CascadeSchema = v.strictObject({
  id: Code,
  name: Text,
  renews: v.pipe(
    v.strictObject({ ...which, lower: v.exactOptional(Only), sameTrack: v.exactOptional(Only) }),
    v.check((selector) => narrows(selector), NARROWS),
  ),
})

export const CourseSchema = v.strictObject({
  code: Code,
  name: v.exactOptional(Text),
  renews: v.pipe(v.array(Code), v.minLength(1, 'must renew at least one certification')),
  direction: v.picklist(['same-level', 'going-up']),
})

/**
 * What is asked of a course that renews. `notTwiceInARow`: a certification is not renewed by courses twice in a row.
 * `submittedBeforeExpiry`: what candidates send in has to come while the certification is active.
 */
export const CourseRenewalSchema = v.strictObject({
  id: Code,
  name: Text,
  notTwiceInARow: v.boolean(),
  submittedBeforeExpiry: v.boolean(),
})

/**
 * A decree that moves expiries: every award that is selected and whose expiry lies in the window, expired or not, expires
 * so many months later. It is made on `on`, and what expired before is active again from that day.
 */
export const ExtensionSchema = v.strictObject({
  id: Code,
  name: Text,
  on: OnDate,
  expiresFrom: OnDate,
  expiresUntil: OnDate,
  months: Months,
  renews: v.exactOptional(CertificationSelector),
})

/** An approval that a certification may ask for, such as by a board. */
export const ApprovalSchema = v.strictObject({ code: Code, name: Text })

/** Reached once so many active certifications are held of each selection; kept then. */
export const MilestoneSchema = v.strictObject({
  code: Code,
  name: Text,
  counts: v.pipe(
    v.array(v.strictObject({ of: CertificationSelector, atLeast: Count })),
    v.minLength(1, 'must count something'),
  ),
})

/** What candidates accept before they see their record. Another version is asked for anew, from its date. */
export const AgreementSchema = v.strictObject({
  version: Code,
  effectiveOn: OnDate,
  title: Text,
  paragraphs: v.pipe(v.array(Text), v.minLength(1, 'must have at least one paragraph')),
})

export const ProgramSchema = v.strictObject({
  id: v.pipe(v.string(), v.regex(/^[a-z0-9-]+$/, 'must be lower-case letters, digits, hyphens')),
  name: Text,
  shortName: Text,
  sponsor: Text,
  disclaimer: Text,
  settings: Settings,
  levels: v.array(LevelSchema),
  tracks: v.array(TrackSchema),
  exams: v.array(ExamSchema),
  certifications: v.array(CertificationSchema),
  renewal: v.strictObject({
    months: Months,
    rules: v.array(RenewalRuleSchema),
    cascades: v.array(CascadeSchema),
    course: v.exactOptional(CourseRenewalSchema),
    /** So many days after its expiry an award may still be renewed; it is not active meanwhile. */
    graceDays: v.exactOptional(DayCount),
    extensions: v.exactOptional(v.array(ExtensionSchema)),
  }),
  courses: v.array(CourseSchema),
  approvals: v.exactOptional(v.array(ApprovalSchema)),
  milestones: v.exactOptional(v.array(MilestoneSchema)),
  /** Awards of a level are emeritus for good so many months after they were awarded. */
  emeritus: v.exactOptional(v.strictObject({ level: Code, afterMonths: Months })),
  /** By kind of exam, where the exam itself says nothing else. */
  retakes: v.exactOptional(
    v.strictObject({ written: v.exactOptional(RetakesSchema), lab: v.exactOptional(RetakesSchema) }),
  ),
  agreement: v.exactOptional(AgreementSchema),
})

export type CertificationSelector = v.InferOutput<typeof CertificationSelector>
export type ExamSelector = v.InferOutput<typeof ExamSelector>

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

function isLanguage(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1
  } catch {
    return false
  }
}
