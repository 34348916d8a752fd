export const requests = {
  'requests.photo.missing': 'Choose a photo of your identity document',
  'requests.photo.large': 'The photo must not be larger than 10 MB',
  'requests.photo.refused':
    'This file is not a whole JPEG, PNG, HEIC or PDF. Choose the photo again, or take a new one',
} as const
