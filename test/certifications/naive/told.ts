import type { Credit, Evaluation, Renewal } from '../../../src/certifications/evaluated-award.ts'
import type { naiveEvaluate } from './evaluate.ts'
import type { NaiveRenewal } from './record.ts'

export type Told = ReturnType<typeof inOrder>

/** What the real evaluator says, in the words of the naive one. */
export function toldByReal({ awards, waiting, milestones }: Evaluation): Told {
  return inOrder({
    awards: awards.map(
      ({ reason: { pass, completedBy, completedOn, prerequisites }, renewals, ...award }) => ({
        ...award,
        reason: {
          pass: pass?.resultId ?? null,
          completedBy: completedBy?.resultId ?? null,
          completedOn,
          prerequisites,
        },
        renewals: renewals.map(toldRenewal),
      }),
    ),
    waiting: waiting.flatMap(({ certification, credits }) =>
      credits.map((credit) => ({ certification, credit })),
    ),
    milestones: milestones.map(({ certifications, ...milestone }) => ({
      ...milestone,
      certifications: certifications.toSorted(),
    })),
  })
}

export function toldByNaive(evaluation: ReturnType<typeof naiveEvaluate>): Told {
  return inOrder(evaluation)
}

/** The order of awards, of what waits and of milestones says nothing. */
function inOrder({ awards, waiting, milestones }: ReturnType<typeof naiveEvaluate>) {
  return {
    awards: sorted(awards, ({ certification, reason, awardedOn }) =>
      [certification, reason.completedOn, awardedOn].join(' '),
    ),
    waiting: waiting.map(({ certification, credit }) => `${certification}: ${toldCredit(credit)}`).sort(),
    milestones: sorted(milestones, ({ milestone }) => milestone),
  }
}

function toldRenewal(renewal: Renewal): NaiveRenewal {
  const { renewedOn, rule, cascade, cascadeFrom, previousExpiresOn, expiresOn } = renewal
  return {
    renewedOn,
    rule,
    cascade,
    cascadeFrom,
    previousExpiresOn,
    expiresOn,
    what: whatRenewed(renewal),
  }
}

function whatRenewed(renewal: Renewal): string {
  if ('act' in renewal) return `act ${renewal.act}`
  if ('extension' in renewal) return `extension ${renewal.extension}`
  if ('completion' in renewal) return `completion ${renewal.completion.id}`
  if (renewal.earned === null) return `pass ${renewal.pass.resultId}`
  return `earned ${renewal.earned} by pass ${renewal.pass?.resultId ?? null}`
}

function toldCredit(credit: Credit): string {
  if ('pass' in credit) return `pass ${credit.pass.resultId}`
  return 'completion' in credit ? `completion ${credit.completion.id}` : `approval ${credit.approval.id}`
}

function sorted<One>(list: readonly One[], key: (one: One) => string): One[] {
  return list.toSorted((a, b) => (key(a) < key(b) ? -1 : 1))
}
