/**
 * The sentences that statements of risk are made of, in each language of the extension's pages.
 *
 * Pure text around the audit's figures. Must never say "anonymous", nor claim more than what was measured.
 */
import { MAX_RHYTHM_KEYS } from './limits.ts';

/** What a statement needs of a figure, written as the language writes it. */
export interface WrittenFigure {
  people: string;
  top1: string;
  chance: string;
  eer: string;
}

export interface RiskWords {
  notMeasured: string;
  lowerBound: string;
  wordsShow: string;
  motion: (known: string, named: string) => string;
  rhythm: (known: string, named: string) => string;
  linkedMotion: (amount: string, named: string) => string;
  linkedRhythm: (amount: string, named: string) => string;
  /** How well the attack did: the end of a sentence that begins with it. */
  named: (figure: WrittenFigure) => string;
  episodeNotMeasured: string;
  episodeSimulated: (known: string, named: string) => string;
  ofTen: (motion: string, rhythm: string) => string;
  ofTenMotion: (share: string) => string;
  ofTenRhythm: (share: string) => string;
  ofTenNotMeasured: string;
  ofTenLinked: string;
  minute: string;
  keys: (count: string) => string;
  decimalSign: string;
}

export const RISK_WORDS = {
  en: {
    notMeasured: 'Pseudonymous. Not measured on real people yet; treat it as recognisable.',
    lowerBound: 'A lower bound: another attack may do better.',
    wordsShow: 'Key timing still hints at where words end.',
    motion: (known, named) =>
      `Pseudonymous: from one movement, an attack that knew ${known} movements of each person ${named}`,
    rhythm: (known, named) =>
      `Pseudonymous: from one rhythm of up to ${MAX_RHYTHM_KEYS} keys, an attack that knew ${known} rhythms of each person ${named}`,
    linkedMotion: (amount, named) =>
      `Pseudonymous at best: from ${amount} of linked pointer data, an attack that knew as much of each person ${named}`,
    linkedRhythm: (amount, named) =>
      `Pseudonymous at best: from ${amount} of linked typing, an attack that knew as much of each person ${named}`,
    named: ({ people, top1, chance, eer }) =>
      `named the right one of ${people} people in ${top1} of trials (guessing: ${chance}; equal error rate ${eer}, 50 % being a coin toss).`,
    episodeNotMeasured:
      'How identifying the order of actions is has not been measured on real people; treat an episode as recognisable by people who know the work.',
    episodeSimulated: (known, named) =>
      `Simulated people with habits of their own, of whom an attack knew ${known} episodes each, were told from one more: it ${named}`,
    ofTen: (motion, rhythm) =>
      `In a team of ten, one movement was assigned rightly in ${motion} of trials and one rhythm in ${rhythm} (guessing: 10 %).`,
    ofTenMotion: (share) =>
      `In a team of ten, one movement was assigned rightly in ${share} of trials (guessing: 10 %).`,
    ofTenRhythm: (share) =>
      `In a team of ten, one rhythm was assigned rightly in ${share} of trials (guessing: 10 %).`,
    ofTenNotMeasured: 'In a small team, assume that records can be recognised.',
    ofTenLinked: 'In a small team, assume that linked recordings identify the person.',
    minute: 'one minute',
    keys: (count) => `${count} keys`,
    decimalSign: '.',
  },
  de: {
    notMeasured:
      'Pseudonym. An wirklichen Menschen noch nicht gemessen; gehen Sie davon aus, dass man erkannt werden kann.',
    lowerBound: 'Das ist eine Untergrenze: Ein anderer Angriff kann mehr erreichen.',
    wordsShow: 'Die Zeiten der Tasten verraten noch ungefähr, wo Wörter enden.',
    motion: (known, named) =>
      `Pseudonym: Aus einer Bewegung hat ein Angriff, der ${known} Bewegungen jeder Person kannte, ${named}`,
    rhythm: (known, named) =>
      `Pseudonym: Aus einer Folge von höchstens ${MAX_RHYTHM_KEYS} Tasten hat ein Angriff, der ${known} Folgen jeder Person kannte, ${named}`,
    linkedMotion: (amount, named) =>
      `Bestenfalls pseudonym: Aus ${amount} verknüpfter Zeigerdaten hat ein Angriff, der von jeder Person ebenso viel kannte, ${named}`,
    linkedRhythm: (amount, named) =>
      `Bestenfalls pseudonym: Aus ${amount} verknüpften Tippens hat ein Angriff, der von jeder Person ebenso viel kannte, ${named}`,
    named: ({ people, top1, chance, eer }) =>
      `in ${top1} der Versuche die richtige von ${people} Personen genannt (Raten: ${chance}; Gleichfehlerrate ${eer}, 50 % wäre ein Münzwurf).`,
    episodeNotMeasured:
      'Wie kennzeichnend die Reihenfolge der Schritte ist, wurde an wirklichen Menschen nicht gemessen; gehen Sie davon aus, dass man eine Arbeitsfolge erkennt, wenn man die Arbeit kennt.',
    episodeSimulated: (known, named) =>
      `Bei simulierten Menschen mit eigenen Gewohnheiten, von denen ein Angriff je ${known} Arbeitsfolgen kannte, hat er aus einer weiteren ${named}`,
    ofTen: (motion, rhythm) =>
      `In einem Team von zehn wurde eine Bewegung in ${motion} der Versuche richtig zugeordnet und eine Tastenfolge in ${rhythm} (Raten: 10 %).`,
    ofTenMotion: (share) =>
      `In einem Team von zehn wurde eine Bewegung in ${share} der Versuche richtig zugeordnet (Raten: 10 %).`,
    ofTenRhythm: (share) =>
      `In einem Team von zehn wurde eine Tastenfolge in ${share} der Versuche richtig zugeordnet (Raten: 10 %).`,
    ofTenNotMeasured: 'Gehen Sie in einem kleinen Team davon aus, dass man Datensätze erkennen kann.',
    ofTenLinked:
      'Gehen Sie in einem kleinen Team davon aus, dass verknüpfte Aufzeichnungen die Person verraten.',
    minute: 'einer Minute',
    keys: (count) => `${count} Tasten`,
    decimalSign: ',',
  },
} as const satisfies Record<string, RiskWords>;

export type RiskLanguage = keyof typeof RISK_WORDS;
