export const questions = {
  'questions.new.title': 'Ask Program Support',
  'questions.new.intro':
    'Choose what it is about. You can follow each request here, and we write to you about every answer.',
  'questions.new.missing_result': 'A result is missing',
  'questions.new.missing_result.text': 'You sat an exam, and its result is not under Exams.',
  'questions.new.result_question': 'A question about one of my results',
  'questions.new.result_question.text': 'A score, a grade, or what a result counts for.',
  'questions.new.name_change': 'Change the name on my record',
  'questions.new.name_change.text': 'A misprint, a marriage, or another legal change of name.',
  'questions.new.course_completion': 'Send in a course that renews a certification',
  'questions.new.course_completion.text': 'Recertification through course attendance.',
  'questions.new.merge_conflict': 'I have a second record',
  'questions.new.merge_conflict.text': 'Prove that both are yours, and they become one.',
  'questions.new.other': 'Something else',
  'questions.new.other.text': 'In your own words.',

  'questions.title.missing_result': 'A result is missing',
  'questions.title.result_question': 'A question about a result',
  'questions.title.other': 'Something else',
  'questions.intro.missing_result':
    'Tell us which sitting it is, so that we can ask the test vendor for it. Your registration number says it best.',
  'questions.intro.result_question': 'Choose the result and say what you want to know about it.',
  'questions.intro.other': 'Say in a few words what it is about, and then what you need.',
  'questions.exam': 'Exam',
  'questions.choose': 'Choose one',
  'questions.exam.missing': 'Choose the exam',
  'questions.exam-on': 'Date of the exam',
  'questions.exam-on.missing': 'Enter the date of the exam',
  'questions.exam-on.ahead': 'The date of the exam is still to come: enter the day on which you sat it',
  'questions.site': 'Where',
  'questions.site.hint': 'The test center or city, or “at home” for an online exam.',
  'questions.site.refused': 'Where: use at most 120 letters, and leave out characters that cannot be printed',
  'questions.registration': 'Registration number',
  'questions.registration.hint': 'It stands in the vendor’s confirmation of your booking.',
  'questions.registration.refused':
    'Registration number: use at most 50 letters, and leave out characters that cannot be printed',
  'questions.result': 'Result',
  'questions.result.missing': 'Choose one of your results',
  'questions.result.none': 'There is no result on your record to ask about.',
  'questions.subject': 'Subject',
  'questions.subject.missing': 'Enter a subject: a few words that say what it is about',
  'questions.subject.refused':
    'Subject: use at most 120 letters, and leave out characters that cannot be printed',
  'questions.message': 'Your message',
  'questions.message.hint.missing_result':
    'What else could help us find it, for example what the test center said.',
  'questions.message.hint.result_question': 'What you expected, and what you see instead.',
  'questions.message.hint.other': 'What you need, and what you have tried already.',
  'questions.submit': 'Send to Program Support',
  'questions.too-many':
    'You have asked a lot lately. Wait for an answer, or write a message about one of your open requests',

  'questions.repeated': 'You have asked this already. If there is more to say, write it below.',

  'questions.unsent':
    'You have asked about this already. What you typed now was not sent: it stands below, so that you can send it as a message about that request. Choose your files again, if there were any.',

  'questions.next.open': 'Program Support will look at it, and we write to you when they answer.',
  'questions.next.waiting': 'Program Support asked you something. Reply below, and they go on with it.',
  'questions.next.answered': 'Program Support answered it. The answer stands below.',
  'questions.next.withdrawn': 'It was withdrawn, and nobody will answer it.',
} as const
