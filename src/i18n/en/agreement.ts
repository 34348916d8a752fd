export const agreement = {
  'agreement.version': 'Version {version}, in force since {date}',
  'agreement.accepted': 'You accepted this version on {time}.',
  'agreement.not-kept':
    'What you just sent was not kept: the agreement has a new version. Accept it, and send it again.',
  'agreement.accept': 'I have read this agreement and accept it',
  'agreement.missing': 'Tick the box if you accept the agreement',
  'agreement.changed': 'The agreement has a new version since you opened this page: read this one',
  'agreement.submit': 'Accept and go on',
  'agreement.otherwise':
    'If you do not accept it, you can still have a copy of your data or close your account, under',
} as const
