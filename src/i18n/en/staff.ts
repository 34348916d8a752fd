export const staff = {
  'staff.role.support': 'Support',
  'staff.role.reviewer': 'Reviewer',
  'staff.role.catalogue': 'Catalogue editor',
  'staff.role.auditor': 'Auditor',
  'staff.role.owner': 'Owner',

  'staff.console': 'Staff console',
  'staff.menu': 'Console menu',
  'staff.menu.candidates': 'Candidates',
  'staff.menu.requests': 'Requests',
  'staff.menu.audit': 'Audit log',
  'staff.menu.people': 'People',
  'staff.menu.security': 'My sign-in',
  'staff.signed-in-as': '{name}, {role}',
} as const
