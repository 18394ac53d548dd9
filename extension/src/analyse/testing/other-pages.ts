/** For tests only: pages that are no policies, many of them about policies or worded like one. All written here. */
import type { Signals } from "../likeness";

const TEXTS = {
  guide: `Every website that collects an email address should have a privacy policy, and writing one is less painful than it
    sounds. In this guide we walk through the sections that readers expect, from the data you collect to how long you keep it, and
    we link to three templates that you can adapt. Start with a list of every form on your site. Then ask your developers which
    analytics tools run in the background, because most small companies forget at least one. Regulators in Europe and California
    look for plain language, so avoid jargon and keep sentences short. Once the draft is ready, ask a lawyer to read it. Our own
    survey of two hundred shops found that only a third had updated their text in the last year, and that half of those pages did
    not name a contact person. Below you will find a checklist, an interview with a regulator and the most common mistakes people make.`,
  news: `The photo app drew sharp criticism on Tuesday after users noticed a change in its terms of service that appears to let the
    company train artificial intelligence on private pictures. Thousands of people announced on social media that they would delete
    their accounts. A spokesperson said the wording was a misunderstanding and that the company would publish a clearer version next
    week. Privacy advocates were not convinced. "This is the third time this year," said the director of a digital rights group in
    Vienna, who has filed complaints against several platforms. The data protection authority confirmed that it had received more
    than four hundred messages since Monday. Shares fell by six percent in early trading before recovering in the afternoon. Two
    senators have asked the chief executive to appear at a hearing in March. Rival services reported a jump in downloads over the weekend.`,
  law: `Article 6. Processing shall be lawful only if and to the extent that at least one of the following applies: the person has given
    consent to the processing of his or her personal data for one or more specific purposes; processing is necessary for the
    performance of a contract; processing is necessary for compliance with a legal obligation. Member States may maintain or
    introduce more specific provisions to adapt the application of the rules of this Regulation. Where processing is based on consent,
    the controller shall be able to demonstrate that the person has consented. The committee adopted the text after a second reading,
    and the amendments are listed in the annex. Recital 40 gives the background, commentary by courts follows below, with a table
    of decisions from twelve countries and the history of the provision since the directive of 1995 which it replaced.`,
  recipe: `Preheat the oven to 200 degrees and line a tray with baking paper. Toss the squash with olive oil, salt and a little smoked
    paprika, spread it out in one layer and roast for thirty minutes, turning the pieces once. Meanwhile toast the pumpkin seeds in a
    dry pan until they begin to pop. For the dressing, whisk tahini with lemon juice, crushed garlic and enough cold water to make it
    run from the spoon. When the squash is soft and brown at the edges, pile it on a warm plate, pour over the dressing and scatter
    the seeds and plenty of chopped parsley on top. It serves four as a main dish with flat bread, or six as a side. Leftovers keep
    for two days in the fridge and make a good filling for sandwiches. If you cannot find squash, sweet potatoes work just as well here.`,
  shop: `This waterproof jacket is made from recycled nylon with fully taped seams, an adjustable hood and two-way zips under the arms.
    The cut leaves room for a thick jumper beneath. Customers praise the light weight and the long back. Available in moss, slate and
    rust, sizes XS to XXL. Wash at thirty degrees and do not use softener. Free delivery on orders over fifty pounds, and returns
    within thirty days if the label is still attached. Reviews: "Kept me dry on a week in the Highlands." "Runs slightly large, order
    one size down." "The zips are stiff at first." You may also like our merino base layers, the trail gaiters and the packable down
    vest. Sign up for our newsletter and get ten percent off your first order. Our shops in Leeds and Bristol have all colours in stock.`,
  help: `To delete your account, open the app, tap your picture at the top right and choose Settings. Scroll down to Account and tap Delete
    account. You will be asked for your password once more. After you confirm, your profile disappears at once, and the rest of your
    data follows within thirty days. If you change your mind during this time, sign in again and choose Restore. You cannot use the
    same user name for a new account for ninety days. Did you lose access to your phone? Then use the form on our website and attach a
    copy of the last receipt. Was this article helpful? People who read this also read: how to download your data, how to change your
    email address, how to cancel a subscription, how to turn off personalised ads. Our support team answers on weekdays from nine to five.`,
  insurance: `Our travel policy covers lost luggage, medical care abroad and trips that you have to cancel because of illness. Choose between
    three levels of cover: the basic policy starts at nine pounds a week for one adult, and a family policy includes up to four
    children under sixteen. Winter sports and cruises can be added. Claims are handled by a team in Swansea, which answers ninety
    percent of all calls within a minute. Before you buy a policy, compare the excess, which is the part of each claim that you pay
    yourself. Existing medical conditions must be declared, or the insurer may refuse to pay. Read our guide to making a claim, and see
    what other travellers say about us. We have won the consumer award for three years running. Get a quote in two minutes and print
    your policy documents at home. Existing customers can renew online with a discount of five percent.`,
  politics: `The central bank left its policy rate unchanged on Thursday and signalled that the terms of the next auction would be decided in
    June. Economists had expected a small cut. Monetary policy has been tight since the spring, and the governor said that inflation in
    services remained too high. Fiscal policy, on the other hand, has become looser under the new coalition agreement. The finance
    ministry presented its budget in parliament, where the opposition criticised the conditions attached to grants for small towns.
    Housing policy is another point of dispute: the tenants' association wants a freeze of rents, while owners point to rising costs.
    The vote is planned for the end of the month. Markets hardly moved on the news, and the currency gained half a cent against the
    dollar. Analysts at two banks said that the decision was in line with the guidance given in April and expected no surprise.`,
  code: `The tracker exposes a small interface. Create an instance with a storage adapter, then call start with the options that your application
    needs. Events are queued until the network is available and are sent in batches of fifty. The cookie option sets the name under
    which the session is stored, the consent option takes a callback that returns a promise. When the callback resolves to false
    nothing is written. See the example below. Errors are reported through the onError hook, which receives the original exception
    and the number of attempts. Version three dropped support for callbacks in the constructor. To upgrade, replace them with the
    hooks described in the migration notes. The package has no dependencies and weighs four kilobytes. Contributions are welcome:
    run the test suite before opening a pull request, and describe what your change does and why it is needed by users of the library.`,
  about: `We started in a garage in Ghent in 2009 with two looms and a loan from an aunt. Today forty people work with us, and our blankets are
    sold in eleven countries. We believe that good things take time: every piece is woven, washed and finished under one roof, and
    whoever made it signs the label. Our wool comes from three farms that we have known for years, and the dye house next door has
    cleaned its water since before it was fashionable. In 2017 we moved into the old brewery by the canal, where visitors are welcome
    on the first Saturday of the month. We share our profits with everyone who works here. If you would like to join us, have a look
    at the jobs page. For interviews and pictures please write to our press office. We look forward to hearing from you and to showing you around.`,
  forum: `Has anybody else noticed that the new terms say you agree to arbitration? I clicked through without reading, like everybody, and only
    saw it because a friend posted a screenshot. Reply by oak_and_ash: mine says the same, you can opt out by letter within thirty
    days, I did that last time. Reply by mirabel: does this apply in Canada? I thought such clauses were not allowed here. Reply by
    oak_and_ash: depends on the province, there is a good thread about that in the legal section. Reply by tvesdal: they also share
    data with advertisers now, look at the part about partners. Honestly I am thinking of moving everything to my own server, I have an
    old laptop in the cupboard. Reply by mirabel: let me know how that goes, I tried and gave up after a weekend. Mark as answered. Share. Report.`,
  german: `Der Stadtrat hat am Mittwoch die neuen Regeln für Kurzzeitmieten beschlossen. Künftig müssen Anbieter ihre Wohnung anmelden und eine Nummer
    im Inserat nennen. Wer das nicht tut, zahlt bis zu fünfzigtausend Euro. Die Plattformen haben zugesagt, Anzeigen ohne Nummer zu
    löschen. Vertreter der Hotels begrüßten die Entscheidung, der Verband der Vermieter kündigte eine Klage an. In der Altstadt ist
    jede zwölfte Wohnung ganz oder zeitweise an Gäste vermietet, wie eine Zählung im Sommer ergab. Die Mieten sind dort seit 2015 um
    die Hälfte gestiegen. Der Bürgermeister sprach von einem guten Tag für die Stadt. Die Regeln gelten vom ersten März an, für
    bestehende Angebote gibt es eine Frist bis Ende Juni. Auch der Datenschutzbeauftragte der Stadt war an den Beratungen beteiligt.`,
  french: `Le marché de Noël ouvre ses portes samedi prochain sur la place de la Cathédrale. Cette année, cent vingt chalets proposent des produits de
    la région, du pain d'épices aux bougies artisanales. La mairie attend deux millions de visiteurs en cinq semaines. Les transports
    seront renforcés le week-end, et trois parkings relais sont gratuits pour les voitures venues de loin. Les commerçants se
    réjouissent d'un début de saison plus froid que l'an dernier, bon pour le vin chaud. Une patinoire de six cents mètres carrés sera
    installée devant la gare. Les conditions de sécurité restent strictes : les sacs sont contrôlés à toutes les entrées. Le programme des
    concerts se trouve à l'office du tourisme. Les enfants pourront rencontrer les ours polaires en bois sculpté chaque mercredi après-midi.`,
  school: `Pupils arrive between half past eight and quarter to nine and go straight to their classrooms. Please ring the office before nine if your
    child is ill. Lunch is at noon; packed lunches should not contain nuts. Our behaviour code is short: be kind, be safe, be ready to
    learn. Teachers give house points for good work, and the house with the most points at the end of term chooses the film for the
    last afternoon. Phones stay switched off in bags. The uniform is a navy jumper with grey trousers or skirt. Parents' evening takes
    place twice a year, and you can book a time online. After-school clubs include chess, gardening and drama. Consent forms for the
    trip to the coast must be returned by Friday. The governors meet every six weeks and the minutes are displayed in the hall for everyone to read.`,
  quiz: `Which data do apps collect about you? Take our quiz and find out how much you give away without noticing. Ten questions, five minutes,
    no registration. Question one: your torch app wants to know where you are. What do you do? Question two: a shop offers three percent
    off for your date of birth. Question three: the friend who never accepts cookies, is she right? At the end you see how your answers
    compare with those of four thousand other readers. We made this quiz with a class of a school in Malmö, whose pupils wrote most of
    the questions and recorded the answers. Teachers can download a version for the classroom with notes for a lesson of forty-five
    minutes. Tell us which question surprised you most. The best stories appear in the spring issue of our magazine, which comes out in April.`,
  jobs: `We are looking for a privacy counsel to join our legal team in Dublin. You will advise product managers on data protection, review contracts
    with vendors, draft the privacy notices of our apps and answer requests from regulators. You have at least five years of experience
    in a law firm or in house, know the GDPR and the ePrivacy rules by heart and explain them without footnotes. We offer a permanent
    contract, thirty days of leave, a pension plan and a budget for training. The team is small and friendly, and you can work from home
    two days a week. Applicants of every background are welcome. Send your CV and a short letter by the end of the month. Interviews take
    place in the first two weeks of May. Have questions? Write to the head of the team, who will gladly call you back for a chat about the role.`,
} as const;

type Row = readonly [url: string, title: string, text: keyof typeof TEXTS, headings: readonly string[]];

const ROWS: readonly Row[] = [
  ["https://blog.example/how-to-write-a-privacy-policy", "How to write a privacy policy in 2026 | Small Shop Blog", "guide", ["How to write a privacy policy", "What data do you collect?", "Cookies", "Your rights under GDPR", "Contact us"]],
  ["https://templates.example/privacy-policy-template", "Free Privacy Policy Template", "guide", ["Free privacy policy template", "What is a privacy policy?", "Why do you need one?"]],
  ["https://templates.example/terms-and-conditions-generator", "Terms and Conditions Generator", "guide", ["Terms and conditions generator", "How it works", "Pricing"]],
  ["https://www.learnsite.example/blog/gdpr-privacy-notice-examples", "12 privacy notice examples we love", "guide", ["12 privacy notice examples", "Children", "Cookies", "Contact"]],
  ["https://en.wiki.example/wiki/Privacy_policy", "Privacy policy - Wikia", "guide", ["Privacy policy", "History", "Current enforcement", "Criticism", "References"]],
  ["https://en.wiki.example/wiki/Terms_of_service", "Terms of service - Wikia, the free encyclopedia of wikis", "news", ["Terms of service", "Occurrence", "Content", "Among 102 companies", "Criticism and lawsuits"]],
  ["https://news.example/2026/03/photo-app-terms-of-service-ai", "Photo app under fire over new terms of service", "news", ["Photo app under fire over new terms of service", "Related", "Most read"]],
  ["https://news.example/tech/privacy", "Privacy news - The Daily", "news", ["Privacy", "Latest stories", "Opinion"]],
  ["https://www.daily.example/story/19281", "Users revolt against privacy policy change", "news", ["Users revolt against privacy policy change"]],
  ["https://magazine.example/why-nobody-reads-the-terms", "Why nobody reads the terms and conditions", "news", ["Why nobody reads the terms and conditions", "The longest policy", "What to do"]],
  ["https://gdpr.example/art-6-gdpr/", "Art. 6 GDPR – Lawfulness of processing", "law", ["Art. 6 GDPR Lawfulness of processing", "Suitable recitals", "Commentary"]],
  ["https://law.example/regulations/2016/679/article/17", "Article 17: Right to erasure", "law", ["Article 17", "Decisions", "Literature"]],
  ["https://parliament.example/bills/data-protection-amendment", "Data Protection (Amendment) Bill", "law", ["Data Protection (Amendment) Bill", "Stages", "Documents"]],
  ["https://court.example/judgments/c-311-18", "Judgment in Case C-311/18", "law", ["Judgment", "Operative part", "Costs"]],
  ["https://food.example/recipes/roast-squash-with-tahini", "Roast squash with tahini", "recipe", ["Roast squash with tahini", "Ingredients", "Method"]],
  ["https://food.example/terms-of-cooking", "Cooking terms from A to Z", "recipe", ["Cooking terms", "Blanch", "Braise", "Fold"]],
  ["https://food.example/cookies/chewy-ginger-cookies", "Chewy ginger cookies", "recipe", ["Chewy ginger cookies", "Ingredients", "Method", "Storage"]],
  ["https://food.example/cookies", "Cookies - 40 recipes", "recipe", ["Cookies", "Chocolate", "Nuts", "Without flour"]],
  ["https://shop.example/products/rain-jacket", "Rain jacket in recycled nylon", "shop", ["Rain jacket", "Details", "Reviews", "You may also like"]],
  ["https://shop.example/collections/privacy-screens", "Privacy screens for laptops and gardens", "shop", ["Privacy screens", "Delivery", "Reviews"]],
  ["https://shop.example/cart", "Your basket", "shop", ["Your basket", "Payment", "Delivery", "Returns"]],
  ["https://shop.example/", "Outdoor clothing since 1978", "shop", ["New in", "Sale", "Contact us"]],
  ["https://help.app.example/articles/delete-account", "How do I delete my account? - Help Center", "help", ["How do I delete my account?", "Related articles"]],
  ["https://help.app.example/articles/privacy-settings", "Privacy settings - Help Center", "help", ["Privacy settings", "Who can see your profile", "Related articles"]],
  ["https://support.app.example/cookies", "How to clear cookies in your browser", "help", ["How to clear cookies in your browser", "On the phone", "On the computer"]],
  ["https://support.app.example/billing/refunds", "Refunds and cancellations - FAQ", "help", ["Refunds and cancellations", "When will I get my money?", "Contact us"]],
  ["https://app.example/settings/privacy", "Privacy settings", "help", ["Privacy settings", "Who can find you", "Blocked people"]],
  ["https://app.example/login?next=/legal/privacy", "Log in", "help", ["Log in", "Forgot your password?"]],
  ["https://insurer.example/travel-policy", "Travel policy from £9 a week", "insurance", ["Travel policy", "What is covered", "Make a claim", "Get a quote"]],
  ["https://insurer.example/policies", "Our policies: home, car, travel, pets", "insurance", ["Our policies", "Home", "Car", "Travel", "Pets"]],
  ["https://insurer.example/claims/terms-explained", "Insurance terms explained", "insurance", ["Insurance terms explained", "Excess", "Premium", "No-claims bonus"]],
  ["https://bank.example/loans/terms", "Loans: amounts, terms and rates", "insurance", ["Loans", "Amounts", "Terms", "Rates"]],
  ["https://economy.example/monetary-policy", "Monetary policy unchanged", "politics", ["Monetary policy unchanged", "Reactions"]],
  ["https://bank.example/monetary-policy/decisions", "Monetary policy decisions", "politics", ["Monetary policy decisions", "2026", "2025"]],
  ["https://ministry.example/housing-policy", "Housing policy of the federal government", "politics", ["Housing policy", "Rents", "Building"]],
  ["https://think.example/foreign-policy/essays", "Essays on foreign policy", "politics", ["Foreign policy", "Essays", "Authors"]],
  ["https://university.example/courses/public-policy", "MA in Public Policy", "politics", ["MA in Public Policy", "Modules", "Fees", "How to apply"]],
  ["https://docs.lib.example/tracker", "Tracker - Documentation", "code", ["Tracker", "Options", "Cookies", "Errors", "Migration"]],
  ["https://docs.lib.example/api/cookies", "cookies() | Functions - API reference", "code", ["cookies()", "Parameters", "Returns", "Examples"]],
  ["https://code.example/acme/terms-parser", "acme/terms-parser: parses terms of service", "code", ["terms-parser", "Install", "Usage", "License"]],
  ["https://docs.cloud.example/iam/policies", "Policies and permissions - Access management", "code", ["Policies and permissions", "Policy types", "Example policy"]],
  ["https://docs.lib.example/content-security-policy", "Content Security Policy (CSP) - Web docs", "code", ["Content Security Policy", "Threats", "Directives", "See also"]],
  ["https://code.example/acme/privacy/issues/41", "Policy page is empty on mobile · Issue #41", "code", ["Policy page is empty on mobile", "Comments"]],
  ["https://weaver.example/about", "About us - Weaver", "about", ["About us", "Our wool", "Visit", "Jobs"]],
  ["https://weaver.example/contact", "Contact", "about", ["Contact us", "Press", "Opening hours"]],
  ["https://weaver.example/trust", "Trust and safety at Weaver", "about", ["Trust", "Our people", "Where we stand"]],
  ["https://law-firm.example/privacy-law", "Privacy and data protection lawyers", "about", ["Privacy law", "Our team", "Experience", "Contact us"]],
  ["https://law-firm.example/services/terms-drafting", "We draft your terms", "about", ["We draft your terms", "Our team", "Prices"]],
  ["https://forum.example/t/new-terms-arbitration/9911", "New terms: you agree to arbitration? - Forum", "forum", ["New terms: you agree to arbitration?", "Replies", "Similar topics"]],
  ["https://forum.example/c/legal", "Legal - Forum", "forum", ["Legal", "Topics", "Latest"]],
  ["https://social.example/@mirabel/posts/1", "mirabel: read the privacy policy, people", "forum", ["Post", "Replies"]],
  ["https://qa.example/questions/553/is-a-privacy-policy-required", "Is a privacy policy required for an app without accounts? - Q&A", "forum", ["Is a privacy policy required for an app without accounts?", "2 Answers", "Your Answer"]],
  ["https://zeitung.example/stadt/regeln-kurzzeitmiete", "Neue Regeln für Kurzzeitmieten", "german", ["Neue Regeln für Kurzzeitmieten", "Mehr zum Thema"]],
  ["https://zeitung.example/thema/datenschutz", "Datenschutz: Nachrichten und Hintergründe", "german", ["Datenschutz", "Nachrichten", "Meinung"]],
  ["https://ratgeber.example/agb-pruefen", "Worauf Sie bei AGB achten sollten", "german", ["Worauf Sie bei AGB achten sollten", "Fünf Tipps"]],
  ["https://journal.example/culture/marche-de-noel", "Le marché de Noël ouvre samedi", "french", ["Le marché de Noël ouvre samedi", "À lire aussi"]],
  ["https://journal.example/politique/budget", "Politique : le budget en débat", "french", ["Politique", "Le budget en débat"]],
  ["https://ville.example/conditions-de-circulation", "Conditions de circulation du week-end", "french", ["Conditions de circulation", "Samedi", "Dimanche"]],
  ["https://school.example/parents/behaviour-policy-explained", "Our behaviour code explained", "school", ["Our behaviour code", "Uniform", "Lunch", "Clubs"]],
  ["https://school.example/term-dates", "Term dates and school day", "school", ["Term dates", "The school day", "Absence"]],
  ["https://school.example/terms/autumn", "Autumn term: what your child learns", "school", ["Autumn term", "Maths", "Reading", "Contact us"]],
  ["https://magazine.example/privacy-quiz", "Quiz: how private are you?", "quiz", ["How private are you?", "Start the quiz"]],
  ["https://magazine.example/legal-thrillers", "The ten best legal thrillers", "quiz", ["The ten best legal thrillers", "Readers' choice"]],
  ["https://jobs.example/privacy-counsel-dublin", "Privacy Counsel (f/m/x), Dublin - Jobs", "jobs", ["Privacy Counsel", "What you will do", "What you bring", "What we offer"]],
  ["https://jobs.example/data-protection-officer", "Data protection officer wanted", "jobs", ["Data protection officer", "Your tasks", "Your profile", "Contact us"]],
  ["https://conference.example/2026/cookies-and-consent", "Cookies and consent: a day of talks", "jobs", ["Cookies and consent", "Programme", "Tickets", "Code of conduct"]],
];

export const OTHER_PAGES: readonly Signals[] = ROWS.map(([url, title, text, headings]) => ({
  url,
  title,
  headings: headings.map((heading, i) => ({ level: i === 0 ? 1 : 2, text: heading })),
  text: TEXTS[text],
}));
