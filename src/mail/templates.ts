import type { Letter } from './letter.tsx'
import type { LetterContext } from './letter-context.ts'
import { closingNotice, dataReady, mergeProof, reviewReminder } from './letters/account.ts'
import { approvalWithdrawn, awardAct } from './letters/acts.ts'
import {
  addressConfirmation,
  addressInUse,
  addressUndo,
  recoveryConfirmation,
  recoveryNotice,
} from './letters/addresses.ts'
import { expiryReminder } from './letters/expiry.ts'
import { award, programChanged, result, resultChanged, welcome } from './letters/record.ts'
import {
  courseTakenBack,
  requestDecided,
  requestMessage,
  requestReceived,
  requestReply,
} from './letters/requests.ts'
import { activation, passwordReset, securityNotice } from './letters/sign-in.ts'
import { staffDigest, staffInvitation } from './letters/staff.ts'
import type { MailContent } from './outbox.ts'

export function writeLetter(content: MailContent, context: LetterContext): Letter {
  const { t, program, recipient } = context
  const { subject, parts } = bodyOf(content, context)
  const { text, email, url } = program.settings.support
  const { name } = recipient
  return {
    subject,
    parts: [
      { paragraph: name === null ? t('mail.greeting-unnamed') : t('mail.greeting', { name }) },
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
    case 'result_changed':
      return resultChanged(content.payload, context)
    case 'award':
      return award(content.payload, context)
    case 'program_changed':
      return programChanged(content.payload, context)
    case 'award_act':
      return awardAct(content.payload, context)
    case 'approval_withdrawn':
      return approvalWithdrawn(content.payload, context)
    case 'access_link':
      return content.payload.purpose === 'activation' ? activation(context) : passwordReset(context)
    case 'security_notice':
      return securityNotice(content.payload, context)
    case 'address_confirmation':
      return addressConfirmation(content.payload, context)
    case 'address_in_use':
      return addressInUse(context)
    case 'address_undo':
      return addressUndo(content.payload, context)
    case 'recovery_confirmation':
      return recoveryConfirmation(context)
    case 'recovery_notice':
      return recoveryNotice(content.payload, context)
    case 'request_received':
      return requestReceived(content.payload, context)
    case 'request_decided':
      return requestDecided(content.payload, context)
    case 'course_taken_back':
      return courseTakenBack(content.payload, context)
    case 'request_message':
      return requestMessage(content.payload, context)
    case 'request_reply':
      return requestReply(content.payload, context)
    case 'merge_proof':
      return mergeProof(context)
    case 'data_ready':
      return dataReady(content.payload, context)
    case 'closing_notice':
      return closingNotice(content.payload, context)
    case 'review_reminder':
      return reviewReminder(context)
    case 'expiry_reminder':
      return expiryReminder(content.payload, context)
    case 'staff_invitation':
      return staffInvitation(content.payload, context)
    case 'staff_digest':
      return staffDigest(content.payload, context)
  }
}
