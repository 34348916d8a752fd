import type { CalendarDate } from '../core/calendar-date.ts'
import type { Translate } from '../i18n/messages.ts'
import { formatDate } from '../layout/dates.tsx'
import { paths } from '../paths.ts'
import { findCertification, findExam } from '../program/catalogue.ts'
import type { Program } from '../program/program.ts'
import type { Letter, LetterPart } from './letter.tsx'
import type { MailContent } from './outbox.ts'

/** All that a letter depends on besides its own facts. `accessUrl` opens the record; some templates have none. */
export type LetterContext = {
  t: Translate
  program: Program
  today: CalendarDate
  origin: string
  recipient: { candidateId: string; name: string }
  accessUrl: string | null
}

export function writeLetter(content: MailContent, context: LetterContext): Letter {
  const { t, program, recipient } = context
  const { subject, parts } = bodyOf(content, context)
  const { text, email, url } = program.settings.support
  return {
    subject,
    parts: [
      { paragraph: t('mail.greeting', { name: recipient.name }) },
      ...parts,
      { paragraph: t('mail.support', { text, email, url }) },
      { paragraph: t('mail.sender', { program: program.name }) },
    ],
  }
}

function bodyOf(content: MailContent, context: LetterContext): Letter {
  switch (content.template) {
    case 'welcome':
      return welcome(context)
    case 'result':
      return result(content.payload, context)
    case 'award':
      return award(content.payload, context)
    case 'access_link':
      return content.payload.purpose === 'activation' ? activation(context) : passwordReset(context)
  }
}

function welcome(context: LetterContext): Letter {
  const { t, program, origin } = context
  return {
    subject: t('mail.welcome.subject', { program: program.name }),
    parts: [
      { paragraph: t('mail.welcome.why', { program: program.name }) },
      candidateId(context),
      { paragraph: t('mail.welcome.how') },
      access(t('mail.welcome.link'), context),
      { paragraph: t('mail.welcome.fresh', { url: origin + paths.firstSignIn }) },
    ],
  }
}

/** Without the grade: a mailbox is read over shoulders. */
function result({ exam, examCode, examOn }: ContentOf<'result'>, { t, program, origin }: LetterContext) {
  const title = findExam(program, exam)?.title ?? examCode
  return {
    subject: t('mail.result.subject', { exam: title }),
    parts: [
      { paragraph: t('mail.result.text') },
      {
        facts: [
          [t('mail.result.exam'), title],
          [t('mail.result.code'), examCode],
          [t('mail.result.date'), formatDate(t, examOn)],
        ],
      },
      { link: t('mail.result.link'), url: origin + paths.exams },
    ],
  } satisfies Letter
}

function award(
  { certification, awardedOn, expiresOn }: ContentOf<'award'>,
  { t, program, today, origin }: LetterContext,
) {
  const name = findCertification(program, certification)?.name ?? certification
  const isOver = expiresOn !== null && expiresOn < today
  return {
    subject: t('mail.award.subject', { certification: name }),
    parts: [
      { paragraph: t('mail.award.text') },
      {
        facts: [
          [t('mail.award.certification'), name],
          [t('mail.award.awarded-on'), formatDate(t, awardedOn)],
          [
            t('mail.award.expires-on'),
            expiresOn === null ? t('mail.award.never-expires') : formatDate(t, expiresOn),
          ],
        ],
      },
      { paragraph: isOver ? t('mail.award.expired') : t('mail.award.download') },
      { link: t('mail.award.link'), url: origin + paths.status },
    ],
  } satisfies Letter
}

function activation(context: LetterContext): Letter {
  const { t, program } = context
  return {
    subject: t('mail.activation.subject', { program: program.name }),
    parts: [
      candidateId(context),
      { paragraph: t('mail.activation.why') },
      { paragraph: t('mail.activation.how') },
      access(t('mail.activation.link'), context),
      { paragraph: t('mail.not-you') },
    ],
  }
}

function passwordReset(context: LetterContext): Letter {
  const { t } = context
  return {
    subject: t('mail.password-reset.subject'),
    parts: [
      candidateId(context),
      { paragraph: t('mail.password-reset.why') },
      { paragraph: t('mail.password-reset.how') },
      access(t('mail.password-reset.link'), context),
      { paragraph: t('mail.not-you') },
    ],
  }
}

type ContentOf<Template extends MailContent['template']> = Extract<
  MailContent,
  { template: Template }
>['payload']

function candidateId({ t, recipient }: LetterContext): LetterPart {
  return { facts: [[t('mail.candidate-id'), recipient.candidateId]] }
}

function access(link: string, { accessUrl }: LetterContext): LetterPart {
  if (accessUrl === null) throw new Error('a letter that opens a record needs a link')
  return { link, url: accessUrl }
}
