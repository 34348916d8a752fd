import type { Translate } from '../../i18n/messages.ts'
import type { RequestState } from '../request.ts'

/** The state of a request in words for staff, for whom the candidate is somebody else. */
export function staffState(t: Translate, state: RequestState): string {
  return state === 'waiting' ? t('desk.state.waiting') : t(`requests.state.${state}`)
}
