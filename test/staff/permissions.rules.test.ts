import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { mayRole, permissions, roles } from '../../src/staff/permissions.ts'

test("README's table of permissions is the one in force", () => {
  const readme = readFileSync('README.md', 'utf8')
  const rows = [...readme.matchAll(/^\| `([a-z.-]+)` \|(.*)\|$/gm)]
    .filter(([, name]) => (permissions as string[]).includes(name!))
    .map(([, name, cells]) => [name, cells!.split('|').map((cell) => cell.trim() === 'yes')])

  expect(readme).toContain(`| permission | ${roles.join(' | ')} |`)
  expect(rows).toEqual(
    permissions.map((permission) => [permission, roles.map((role) => mayRole(role, permission))]),
  )
})

test('owners may do everything, and nobody else changes who works here', () => {
  expect(permissions.every((permission) => mayRole('owner', permission))).toBe(true)
  expect(roles.filter((role) => mayRole(role, 'people.change'))).toEqual(['owner'])
})
