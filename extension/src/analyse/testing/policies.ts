/** For tests only: the beginnings of policies of several kinds and languages, all written here. */
import type { Signals } from "../likeness";

const policy = (url: string, title: string, headings: readonly string[], text: string): Signals => ({
  url,
  title,
  headings: headings.map((heading, i) => ({ level: i === 0 ? 1 : 2, text: heading })),
  text,
});

export const POLICIES: readonly Signals[] = [
  policy(
    "https://murmurloft.example/privacy",
    "Privacy Policy - Murmurloft",
    ["Privacy Policy", "Information we collect", "How we use your information", "Who we share it with", "Your rights", "Retention", "Children", "Changes to this policy", "Contact us"],
    `This policy explains which personal data we collect when you use our app, why we use it and which rights you have. We collect the
    name and address that you give us when you open an account, and we may collect information about your device and how you use our
    services. We use your personal information to provide the service, to prevent fraud and, with your consent, to send you offers. We
    share your data with service providers who process it for us in accordance with our instructions, and with affiliates. We may
    disclose your information if the law requires it. We retain your data as long as your account is open. You have the right to ask
    for a copy of your data, to have it corrected and to withdraw your consent at any time. If you do not agree with this policy, do not
    use our services. We may change this policy; we will tell you before a change applies to your account or to your rights.`,
  ),
  policy(
    "https://murmurloft.example/terms",
    "Terms of Service",
    ["Terms of Service", "Acceptance of these terms", "Your account", "Acceptable use", "Payment", "Termination", "Limitation of liability", "Governing law"],
    `By using the service you agree to these terms. If you do not agree to these terms you may not use the service. You must be at least
    sixteen years old. You are responsible for your account and for everything that happens under it. You grant us a licence to use your
    content as far as the service needs it. You may not copy the service, and you must not use it to break the law. We may suspend or
    terminate your account without notice if you breach these terms. To the fullest extent permitted by applicable law, we shall not be
    liable for any indirect loss, and our liability shall not exceed what you paid in the last year. You agree to indemnify us against
    claims of third parties that arise from your content. These terms are governed by the laws of Ireland, and the courts of Dublin
    shall have jurisdiction over any dispute. If a part of these terms is invalid, the rest of the agreement stays in force between you and us.`,
  ),
  policy(
    "https://murmurloft.example/de/datenschutz",
    "Datenschutzerklärung",
    ["Datenschutzerklärung", "Verantwortlicher", "Zwecke und Rechtsgrundlagen", "Empfänger", "Speicherdauer", "Ihre Rechte", "Änderungen"],
    `Wir nehmen den Schutz Ihrer Daten ernst. Diese Datenschutzerklärung sagt Ihnen, welche personenbezogenen Daten wir verarbeiten, zu
    welchem Zweck und auf welcher Rechtsgrundlage. Verantwortlicher im Sinne der DSGVO ist die Murmelwerk GmbH. Wir verarbeiten Ihre Daten,
    um den Vertrag mit Ihnen zu erfüllen, gemäß Artikel 6 Absatz 1 Buchstabe b DSGVO. Mit Ihrer Einwilligung verwenden wir Ihre Daten auch
    für unseren Newsletter. Empfänger sind Dienstleister, die personenbezogene Daten in unserem Auftrag verarbeiten, und Dritte, wenn wir
    gesetzlich dazu verpflichtet sind. Wir speichern Ihre Daten, solange Ihr Konto besteht. Sie haben das Recht auf Auskunft, Berichtigung
    und Löschung sowie das Recht, Ihre Einwilligung jederzeit zu widerrufen. Unser berechtigtes Interesse liegt in der Sicherheit unserer
    Systeme. Wenn wir diese Erklärung ändern, informieren wir die Nutzer rechtzeitig vorher per Nachricht.`,
  ),
  policy(
    "https://murmurloft.example/fr/politique-de-confidentialite",
    "Politique de confidentialité | Murmurloft",
    ["Politique de confidentialité", "Données que nous collectons", "Finalités", "Destinataires", "Durée de conservation", "Vos droits", "Cookies"],
    `La présente politique décrit la manière dont nous traitons vos données personnelles lorsque vous utilisez nos services. Nous collectons les
    informations que vous nous donnez en créant votre compte. Nous utilisons vos données pour exécuter le contrat, pour la sécurité du service
    et, avec votre consentement, pour vous adresser des offres. Nous pouvons partager vos données avec des prestataires et des tiers,
    conformément au RGPD. Nous conservons les données à caractère personnel pendant la durée de votre abonnement, puis trois ans. Vous
    disposez d'un droit d'accès, de rectification et d'effacement, et vous pouvez retirer votre consentement à tout moment. Le responsable
    du traitement est Murmurloft SAS. Des cookies et autres traceurs sont déposés sur votre appareil ; vous pouvez les refuser dans les
    réglages de votre navigateur. Toute modification de la présente politique sera portée à la connaissance des utilisateurs avant son entrée en vigueur.`,
  ),
  policy(
    "https://murmurloft.example/it/informativa-privacy",
    "Informativa sulla privacy",
    ["Informativa sulla privacy", "Titolare del trattamento", "Dati raccolti", "Finalità", "Conservazione", "I tuoi diritti"],
    `La presente informativa descrive il trattamento dei dati personali degli utenti ai sensi del Regolamento europeo. Titolare del trattamento è
    Murmurloft S.r.l. Raccogliamo i dati personali che ci fornisci quando apri un account e quelli che il tuo dispositivo trasmette quando usi
    il servizio. Il trattamento avviene per eseguire il contratto, per adempiere agli obblighi di legge e, con il tuo consenso, per inviarti
    offerte. I dati possono essere comunicati a terze parti che li trattano per nostro conto. Conserviamo i dati personali finché il tuo
    account è attivo. Hai il diritto di chiedere l'accesso, la rettifica e la cancellazione dei dati, e puoi revocare il consenso in
    qualsiasi momento. La nostra responsabilità è limitata nei termini di legge. Le modifiche a questa informativa saranno pubblicate su
    questa pagina, e il titolare avviserà gli utenti con un messaggio prima che entrino in vigore le nuove condizioni.`,
  ),
  policy(
    "https://murmurloft.example/pl/polityka-prywatnosci",
    "Polityka prywatności",
    ["Polityka prywatności", "Administrator danych", "Cookies", "Prawa użytkownika"],
    `Niniejsza polityka prywatności opisuje, jakie dane osobowe zbieramy i w jakim celu. Administratorem danych osobowych jest spółka Murmurloft z
    siedzibą w Krakowie. Dane osobowe użytkownika przetwarzamy, aby wykonać umowę, wypełnić obowiązki prawne oraz, za zgodą użytkownika,
    wysyłać wiadomości o nowościach. Dane osobowe przekazujemy podmiotom, które świadczą dla nas usługi. Przechowujemy je tak długo, jak
    długo użytkownik ma konto w serwisie, a potem przez okres wymagany przez przepisy. Użytkownik ma prawo dostępu do danych, ich
    poprawiania i usunięcia, a udzieloną zgodę może w każdej chwili cofnąć. Administrator stosuje pliki cookies, które użytkownik może
    wyłączyć w przeglądarce. O zmianach polityki użytkownicy zostaną powiadomieni z wyprzedzeniem. Skargę można złożyć do organu nadzorczego.
    W sprawach danych osobowych prosimy o kontakt z inspektorem, którego adres podano poniżej na tej stronie serwisu.`,
  ),
  policy(
    "https://murmurloft.example/legal/cookies",
    "Cookie Notice",
    ["Cookie Notice", "What cookies are", "Which cookies we use", "Your choices"],
    `This notice explains how we use cookies and similar technologies when you visit our site. Cookies are small files that we or third
    parties store on your device. We use cookies that our services need, and, with your consent, cookies for analytics and advertising.
    Third parties may use their cookies to show you advertising on other sites, in accordance with their own policies. You may withdraw
    your consent at any time in your preferences, and you can delete cookies in your browser. If you refuse, some parts of our services
    may not work. We process the personal data that cookies collect on the basis of your consent, or of our legitimate interests where
    applicable law allows it. We retain this data for thirteen months. We may change this notice from time to time; the date at the top
    shows when it was last updated. If you have questions about our cookies or your rights, write to our data protection officer.`,
  ),
];
