/** Names people bear, in sensible case; who bears them here is drawn by lot. */
export const firstNames = list(`
  James Mary Robert Patricia John Jennifer Michael Linda David Elizabeth William Barbara Richard Susan Joseph Jessica
  Thomas Karen Christopher Sarah Charles Lisa Daniel Nancy Matthew Sandra Anthony Betty Mark Ashley Donald Emily Steven
  Kimberly Andrew Margaret Paul Donna Joshua Michelle Kenneth Carol Kevin Amanda Brian Melissa Timothy Deborah Ronald
  Stephanie Jason Rebecca George Sharon Edward Laura Jeffrey Cynthia Ryan Dorothy Jacob Amy Nicholas Kathleen Gary
  Angela Eric Shirley Jonathan Emma Stephen Brenda Larry Pamela Justin Nicole Scott Anna Brandon Samantha Benjamin
  Katherine Samuel Christine Gregory Debra Alexander Rachel Patrick Carolyn Frank Janet Raymond Maria Jack Olivia Dennis
  Heather Jerry Helen Tyler Catherine Aaron Diane Jose Julie Adam Victoria Nathan Joyce Henry Lauren Zachary Kelly
  Douglas Christina Peter Ruth Kyle Joan Noah Virginia Ethan Judith Jeremy Evelyn Christian Hannah Walter Andrea Keith
  Megan Austin Cheryl Roger Jacqueline Terry Madison Sean Teresa Gerald Abigail Carl Sophia Dylan Martha Harold Sara
  Jordan Gloria Jesse Janice Bryan Kathryn Lawrence Ann Arthur Isabella Gabriel Judy Bruce Charlotte Logan Julia Billy
  José María Andrés Inés Raúl Sofía Zoë Renée Chloé Joaquín Anne-Marie Mary-Kate DeShawn LaToya O'Shea
`);

export const lastNames = list(`
  Smith Johnson Williams Brown Jones Garcia Miller Davis Rodriguez Martinez Hernandez Lopez Gonzalez Wilson Anderson
  Thomas Taylor Moore Jackson Martin Lee Perez Thompson White Harris Sanchez Clark Ramirez Lewis Robinson Walker Young
  Allen King Wright Scott Torres Nguyen Hill Flores Green Adams Nelson Baker Hall Rivera Campbell Mitchell Carter
  Roberts Gomez Phillips Evans Turner Diaz Parker Cruz Edwards Collins Reyes Stewart Morris Morales Murphy Cook Rogers
  Gutierrez Ortiz Morgan Cooper Peterson Bailey Reed Kelly Howard Ramos Kim Cox Ward Richardson Watson Brooks Chavez
  Wood James Bennett Gray Mendoza Ruiz Hughes Price Alvarez Castillo Sanders Patel Myers Long Ross Foster Jimenez Powell
  Jenkins Perry Russell Sullivan Bell Coleman Butler Henderson Barnes Gonzales Fisher Vasquez Simmons Graham Reynolds
  Jordan Patterson Alexander Hamilton Wallace Cole West Owens Stone Hunt Black Palmer Rice Schmidt Wagner Hoffman Weber
  Olson Larson Carlson Hansen Jensen Novak Kowalski Rossi Romano Silva Santos Okafor Mensah Haddad Nakamura Tanaka
  Chen Wang Singh Kaur Ahmed Khan Ali Cohen Levy Fox Webb Boyd Mason Ford Marsh Vance Hale Dunn Pruitt Lindgren
  Núñez Muñoz Peña Ibáñez Beauséjour Müller Çelik
  McDonald McKenzie McCarthy McBride MacArthur O'Neil O'Brien O'Connor D'Angelo St.\u00a0John Fitz-Gerald Smith-Jones
  Garcia-Lopez Van\u00a0der\u00a0Berg Van\u00a0Buren De\u00a0la\u00a0Cruz De\u00a0Leon Del\u00a0Rio La\u00a0Rue Von\u00a0Trapp
`);

export const suffixes = ['Jr', 'Jr.', 'Sr', 'II', 'III', 'IV'] as const;

export const streets = list(`
  Oak Maple Cedar Pine Elm Walnut Willow Birch Magnolia Pecan Juniper Sycamore Main Park Lake Hill River Spring Meadow
  Prairie Ridge Sunset Highland Mockingbird Bluebonnet Quail\u00a0Run Fox\u00a0Hollow Stone\u00a0Creek Hidden\u00a0Valley
  Windmill Copper\u00a0Canyon Eagle\u00a0Point Deer\u00a0Path Orchard Mill Church Washington Lincoln Jefferson Madison
  Franklin Cherry Dogwood Heritage Legacy Harvest Autumn Timber Shadow\u00a0Brook Whispering\u00a0Pines
`);

export const streetKinds = ['St', 'Ave', 'Dr', 'Ln', 'Ct', 'Rd', 'Blvd', 'Way', 'Cir', 'Trl', 'Pl', 'Pkwy'] as const;

/** A few area codes of each state; the numbers behind them are 555-01XX, which nobody has. */
export const areaCodes: Readonly<Record<string, readonly [string, ...string[]]>> = {
  AL: ['205', '256'],
  AK: ['907'],
  AZ: ['480', '602'],
  AR: ['501'],
  CA: ['213', '415', '619', '916'],
  CO: ['303', '719'],
  CT: ['203', '860'],
  DE: ['302'],
  DC: ['202'],
  FL: ['305', '407', '813'],
  GA: ['404', '770'],
  HI: ['808'],
  ID: ['208'],
  IL: ['312', '630'],
  IN: ['317', '219'],
  IA: ['515'],
  KS: ['316', '913'],
  KY: ['502', '859'],
  LA: ['225', '504'],
  ME: ['207'],
  MD: ['301', '410'],
  MA: ['508', '617'],
  MI: ['248', '313'],
  MN: ['612', '651'],
  MS: ['601'],
  MO: ['314', '816'],
  MT: ['406'],
  NE: ['402'],
  NV: ['702', '775'],
  NH: ['603'],
  NJ: ['201', '732', '973'],
  NM: ['505'],
  NY: ['212', '516', '718'],
  NC: ['704', '919'],
  ND: ['701'],
  OH: ['216', '614'],
  OK: ['405', '918', '539'],
  OR: ['503', '541'],
  PA: ['215', '412', '610'],
  RI: ['401'],
  SC: ['803', '843'],
  SD: ['605'],
  TN: ['615', '901'],
  TX: ['214', '469', '512', '713', '817', '940', '972'],
  UT: ['801'],
  VT: ['802'],
  VA: ['703', '804'],
  WA: ['206', '425'],
  WV: ['304'],
  WI: ['414', '608'],
  WY: ['307'],
};

/** Words between spaces; a hard space keeps a name of several words together. */
function list(text: string): readonly [string, ...string[]] {
  const [first = '', ...rest] = text
    .trim()
    .split(/[ \n]+/)
    .map((word) => word.replaceAll('\u00a0', ' '));
  return [first, ...rest];
}
