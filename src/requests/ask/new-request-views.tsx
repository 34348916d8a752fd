import { type Chrome, Page } from '../../layout/page.tsx'
import { paths } from '../../paths.ts'

/** Everything that can be asked of staff, with where to ask it. */
const KINDS = [
  ['missing_result', paths.newQuestion('missing_result')],
  ['result_question', paths.newQuestion('result_question')],
  ['name_change', paths.newNameChange],
  ['course_completion', paths.recertification],
  ['merge_conflict', paths.merge],
  ['other', paths.newQuestion('other')],
] as const

export function NewRequestPage({ chrome }: { chrome: Chrome }) {
  const { t } = chrome
  return (
    <Page chrome={chrome} title={t('questions.new.title')} section="profile">
      <div class="head">
        <h1>{t('questions.new.title')}</h1>
        <p>{t('questions.new.intro')}</p>
      </div>
      <ul class="choices">
        {KINDS.map(([kind, href]) => (
          <li>
            <a href={href}>{t(`questions.new.${kind}`)}</a>
            <div class="soft">{t(`questions.new.${kind}.text`)}</div>
          </li>
        ))}
      </ul>
      <p>
        <a href={paths.requests}>{t('requests.all')}</a>
      </p>
    </Page>
  )
}
