import type { MessageKey, Translate } from '../i18n/messages.ts'
import { type Action, actions } from './actions.ts'

const KNOWN_DETAILS = [
  'device',
  'hits',
  'kind',
  'method',
  'more',
  'requestId',
  'role',
  'staffId',
  'fileId',
  'transcriptId',
  'hasPhoto',
  'why',
  'version',
  'recoveryId',
  'proof',
  'by',
  'feed',
  'deliveryId',
  'rows',
  'reason',
  'run',
  'exam',
  'numbers',
  'changeId',
  'awardId',
  'approvalId',
  'approval',
  'approvedOn',
  'proposalId',
  'awards',
] as const

/** Such as `name_change`: a word of ours, and nothing that anybody typed. */
const CODE_WORD = /^[a-z]+(_[a-z]+)+$/

type Details = Record<string, unknown>

/** What happened; an action that only an older version knew is shown as it was written. */
export function actionInWords(t: Translate, action: string): string {
  return Object.hasOwn(actions, action) ? t(`audit.${action as Action}`) : action
}

/** Who did it: `staffName` is the name of the one whom the actor numbers. */
export function actorInWords(
  t: Translate,
  { actor, staffName }: { actor: string; staffName: string | null },
) {
  if (actor === 'candidate' || actor === 'nobody' || actor === 'system') return t(`audit-log.actor.${actor}`)
  return staffName ?? actor
}

/** The details of an entry, one line each. Whatever is unknown is shown as it was written, never left out. */
export function detailsInWords(t: Translate, json: string): string[] {
  const details = JSON.parse(json) as Details | null
  return Object.entries(details ?? {})
    .filter(([, value]) => value !== null && value !== '')
    .map(([name, value]) => `${detailName(t, name)}: ${detailValue(t, value)}`)
}

function detailName(t: Translate, name: string): string {
  const known = (KNOWN_DETAILS as readonly string[]).includes(name)
  return known ? t(`audit-log.detail.${name}` as MessageKey & 'common.save') : name
}

function detailValue(t: Translate, value: unknown): string {
  if (typeof value === 'boolean') return t(value ? 'audit-log.yes' : 'audit-log.no')
  if (typeof value === 'object') return JSON.stringify(value)
  const text = String(value)
  return CODE_WORD.test(text) ? text.replaceAll('_', ' ') : text
}
