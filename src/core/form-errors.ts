import * as v from 'valibot'

/** Valibot's issues as field name → message keys. An issue without a path counts for `form`. */
export function fieldErrors(issues: readonly v.BaseIssue<unknown>[]): Record<string, string[]> {
  const errors: Record<string, string[]> = {}
  for (const issue of issues) {
    const field = v.getDotPath(issue)?.split('.')[0] ?? 'form'
    errors[field] = [...(errors[field] ?? []), issue.message]
  }
  return errors
}
