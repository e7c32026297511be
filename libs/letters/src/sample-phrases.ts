import type { Language, LetterAct, LetterRegime } from './letter-content.js';

// Sentences that a rule of the wording check must find, with the act and the regime they are planted in.

export interface PlantedSentence {
  readonly rule: string;
  readonly language: Language;
  readonly text: string;
  readonly act?: LetterAct;
  readonly regime?: LetterRegime;
}

type Texts = Readonly<Record<Language, readonly string[]>>;

const plant = (rule: string, texts: Texts, where: Pick<PlantedSentence, 'act' | 'regime'> = {}): readonly PlantedSentence[] =>
  (Object.entries(texts) as [Language, readonly string[]][]).flatMap(([language, list]) =>
    list.map((text) => ({ rule, language, text, ...where })),
  );

export const PLANTED: readonly PlantedSentence[] = [
  ...plant('bailiffAlreadyInstructed', {
    fr: [
      'Un huissier est déjà mandaté pour ce dossier.',
      'Nous avons saisi un commissaire de justice.',
      'L’huissier a été chargé du dossier.',
    ],
    nl: ['Een gerechtsdeurwaarder werd al aangesteld.', 'Uw dossier is overgemaakt aan een gerechtsdeurwaarder.'],
    en: ['A bailiff has already been instructed.', 'We have instructed a bailiff.'],
  }),
  ...plant('bailiffNotDecided', {
    fr: ['Un commissaire de justice prendra le relais.', 'Les huissiers passeront chez vous.'],
    nl: ['De deurwaarder komt langs.'],
    en: ['The bailiffs will visit you.'],
  }),
  ...plant('agencyNotDecided', {
    fr: ['Une société de recouvrement prendra la suite.'],
    nl: ['Een incassobureau neemt het over.'],
    en: ['A debt collection agency will take over.'],
  }),
  ...plant(
    'noticeNotDecided',
    {
      fr: [
        'Sans réponse, nous vous adresserons une mise en demeure.',
        'Une mise en demeure vous sera envoyée lundi.',
        'Nous vous mettrons en demeure.',
      ],
      nl: ['Zonder antwoord sturen wij u een ingebrekestelling.', 'Een ingebrekestelling volgt.'],
      en: ['We will send you a formal notice.', 'A formal notice will follow.'],
    },
    { act: 'firmMail' },
  ),
  ...plant('lawyerNotDecided', {
    fr: ['Notre avocat vous écrira.', 'Le dossier part chez un avocat.'],
    nl: ['Onze advocaat zal u schrijven.'],
    en: ['Our lawyers will write to you.'],
  }),
  ...plant('courtThreat', {
    fr: [
      'Vous vous exposez à des poursuites.',
      'Nous saisirons le tribunal.',
      'Une saisie sur salaire suivra.',
      'Nous engagerons une action en justice.',
    ],
    nl: ['Wij dagvaarden u.', 'Wij leggen loonbeslag.', 'Gerechtelijke stappen volgen.'],
    en: ['We will take legal action.', 'We will go to court.', 'Your wages may be garnished: wage garnishment.'],
  }),
  ...plant('prisonOrPolice', {
    fr: ['Vous risquez la prison.', 'Nous allons porter plainte.', 'Nous alerterons la police.'],
    nl: ['U riskeert een gevangenisstraf.', 'Wij verwittigen de politie.'],
    en: ['You may face jail.', 'We will call the police.'],
  }),
  ...plant('openThreat', {
    fr: ['Vous le regretterez.', 'Les conséquences graves seront pour vous.'],
    nl: ['U zult het betreuren.', 'Wij zullen niet aarzelen.'],
    en: ['You will regret it.', 'There will be serious consequences.'],
  }),
  ...plant('falseAuthority', {
    fr: ['Ceci est un commandement de payer.', 'Au nom de la loi, payez.'],
    nl: ['Dit is een uitvoerbare titel.'],
    en: ['This is a writ of execution.'],
  }),
  ...plant('allCostsOnDebtor', {
    fr: ['Tous les frais seront à votre charge.', 'Le recouvrement se fera à vos frais.'],
    nl: ['Alle kosten zijn voor uw rekening.'],
    en: ['All costs will be borne by you.', 'Recovery takes place at your own expense.'],
  }),
  ...plant('reminderFees', {
    fr: ['Des frais de relance de 15 € s’ajoutent.', 'Frais de dossier : 20 €.', 'Le coût du recommandé s’ajoute.'],
    nl: ['Er komen aanmaningskosten bij.', 'Dossierkosten: € 20.'],
    en: ['A reminder fee of €15 applies.', 'The cost of the registered letter is added.'],
  }),
  ...plant(
    'recoveryCosts',
    {
      fr: ['Les frais de recouvrement s’élèvent à 30 €.', 'La somme est majorée de frais.'],
      nl: ['De invorderingskosten bedragen € 30.', 'Het bedrag wordt verhoogd met kosten.'],
      en: ['Collection costs of €30 are due.', 'A surcharge applies.'],
    },
    { regime: 'FR.consumer' },
  ),
  ...plant(
    'lumpSumOutsideBusiness',
    {
      fr: ['Une indemnité forfaitaire vous est réclamée.', 'Vous devez aussi 40 € de frais.', 'S’ajoutent quarante euros de frais.'],
      nl: ['Een forfaitaire vergoeding is verschuldigd.', 'Daarbij komt een vergoeding van € 40.'],
      en: ['A fixed compensation is owed.', 'You owe a €40 late charge as well.'],
    },
    { regime: 'FR.consumer' },
  ),
  ...plant(
    'businessLawOutsideBusiness',
    {
      fr: ['Conformément à l’article L. 441-10 du code de commerce.', 'Des pénalités de retard sont dues.'],
      nl: ['Op grond van de wet van 2 augustus 2002.', 'De ECB-rentevoet geldt.'],
      en: ['Under the law of 2 August 2002.', 'The ECB rate applies.'],
    },
    { regime: 'FR.consumer' },
  ),
  ...plant(
    'interestBeforeNotice',
    {
      fr: ['Des intérêts de retard sont dus.', 'Cette somme porte intérêt.', 'Le taux légal s’applique.'],
      nl: ['Verwijlinteresten zijn verschuldigd.', 'De wettelijke rentevoet geldt.'],
      en: ['Late-payment interest is owed.', 'This sum bears interest.'],
    },
    { regime: 'FR.consumer' },
  ),
  ...plant(
    'pastInterestInNotice',
    {
      fr: ['Les intérêts échus s’élèvent à 3 €.'],
      nl: ['De verwijlinterest bedraagt € 3.'],
      en: ['Accrued interest amounts to €3.'],
    },
    { regime: 'FR.consumer', act: 'formalNotice' },
  ),
  ...plant(
    'claimInFreePeriod',
    {
      fr: ['L’indemnité de 36,50 € est due dès maintenant.'],
      nl: ['De vergoeding van € 36,50 is nu verschuldigd.'],
      en: ['The indemnity of €36.50 is owed now.'],
    },
    { regime: 'BE.consumer', act: 'firstReminder' },
  ),
  ...plant(
    'shorterThanFreePeriod',
    {
      fr: ['Merci de régler sous huit jours.', 'Réglez cette somme sans délai.', 'Un délai de 10 jours vous est laissé.'],
      nl: ['Betaal binnen tien dagen.', 'Wij vragen u onmiddellijk te betalen.'],
      en: ['Please pay within seven days.', 'Please pay without delay.'],
    },
    { act: 'firstReminder', regime: 'BE.consumer' },
  ),
  ...plant('compensationPerReminder', {
    fr: ['Nous comptons 40 € par relance.'],
    nl: ['Wij rekenen € 40 per herinnering.'],
    en: ['We charge €40 for each reminder.'],
  }),
  ...plant('compoundInterest', {
    fr: ['Avec capitalisation des intérêts.'],
    nl: ['Met interest op interest.'],
    en: ['With compound interest.'],
  }),
  ...plant('noticeInterruptsLimitation', {
    fr: ['Cette lettre interrompt la prescription.'],
    nl: ['Deze brief stuit de verjaring.'],
    en: ['This letter interrupts the limitation period.'],
  }),
  ...plant('conciliationNotNeeded', {
    fr: ['Une conciliation préalable obligatoire suivra.'],
    nl: ['Een verplichte bemiddeling volgt.'],
    en: ['A mandatory conciliation follows.'],
  }),
  ...plant('electronicRegisteredLetter', {
    fr: ['Envoi par recommandé électronique.', 'Vous recevrez une LRE.'],
    nl: ['Per aangetekende e-mail.'],
    en: ['By registered e-mail.'],
  }),
  ...plant('badFaith', {
    fr: ['Votre mauvaise foi est manifeste.'],
    nl: ['U bent te kwader trouw.', 'Dat is kwade trouw.'],
    en: ['This is bad faith.'],
  }),
  ...plant('insult', {
    fr: ['Votre attitude est scandaleuse.'],
    nl: ['Dat is schandalig.'],
    en: ['Your conduct is disgraceful.'],
  }),
  ...plant('zeroBalance', {
    fr: ['Solde dû : 0,00 €'],
    nl: ['Saldo: € 0,00'],
    en: ['Balance: €0.00'],
  }),
  ...plant('doNotReply', {
    fr: ['Merci de ne pas répondre à ce courriel.'],
    nl: ['Gelieve deze mail niet te beantwoorden.'],
    en: ['Please do not reply to this message.'],
  }),
  ...plant('lastNotice', {
    fr: ['Dernier avis avant la suite.', 'Ceci est notre ultime relance.'],
    nl: ['Dit is de laatste aanmaning.'],
    en: ['This is your final notice.'],
  }),
  ...plant('fakeDeadline', {
    fr: ['Payez sous 48 heures.'],
    nl: ['Betaal binnen 24 uur.'],
    en: ['Pay within 24 hours.'],
  }),
  ...plant('blacklist', {
    fr: ['Vous figurerez sur la liste des mauvais payeurs.', 'Nous publierons votre nom sur les réseaux sociaux.'],
    nl: ['U komt op de zwarte lijst.', 'Wij zullen uw naam publiceren.'],
    en: ['You will be blacklisted.', 'We will publish your name online.'],
  }),
  ...plant('thirdPartyPressure', {
    fr: [
      'Nous en informerons vos clients.',
      'Nous contacterons votre employeur.',
      'Vos voisins l’apprendront.',
      'Nous préviendrons votre banque.',
    ],
    nl: ['Wij lichten uw werkgever in.', 'Wij verwittigen uw klanten.', 'Uw familie wordt op de hoogte gebracht.'],
    en: ['We will inform your customers.', 'We will contact your employer.', 'We will let your neighbours know.'],
  }),
  ...plant('unsubscribe', {
    fr: ['Cliquez ici pour vous désabonner.'],
    nl: ['Klik hier om u uit te schrijven of uitschrijven.'],
    en: ['Click here to unsubscribe.'],
  }),
  ...plant(
    'earlyMenace',
    {
      fr: ['Sans paiement, une mise en demeure suivra.'],
      nl: ['Anders volgt een ingebrekestelling.'],
      en: ['A formal notice will follow.'],
    },
    { act: 'courtesyMail' },
  ),
  ...plant(
    'earlyAccessories',
    {
      fr: ['Une indemnité forfaitaire est due.'],
      nl: ['Een forfaitaire vergoeding is verschuldigd.'],
      en: ['A fixed compensation is due.'],
    },
    { act: 'courtesyMail' },
  ),
];
