/** Words of vendors' messages that are nobody's name, whatever their case: fields, their own things, what HTTP says. */
const known = new Set(
  (
    'a aborted about accepted access account action activated active additional address after again allowed already an ' +
    'and another answered any anything api appears applied apply april are array as at attempt attempts august ' +
    'authenticator authorized back bad be been before belong belongs below between big birth bison blank blocked boolean ' +
    'born both bounced building bulk busy but by call called campaign campaigns can canceled cancelled cannot cause ' +
    'caused cell change changed character characters charge charged check checked chosen city clay client close closed ' +
    'code cole column columns come comma commas companies company complete completed confirm confirmed connection ' +
    'connections contact contacts contains contract corrupt corrupted could counties county create created credits ' +
    'criteria csv custom daily damaged data date dates day debounce december deleted delimiter did different digit digits ' +
    'disabled distinct do dob does doing domain done down due duplicate duplicated duplicates during each early email ' +
    'emails empty enabled encoding end ended enrichment enter equal error even evergreen every exact exactly exceeded ' +
    'exceeds exist exists expected expired expiring export extra fail failed failing fails false fast february few field ' +
    'fields file fill filter find finished first fix follow following for forbidden form format formula found free fri ' +
    'friday from full further gateway get give given go goes good got greater greylisted had happened has have he head ' +
    'header headers heavy help here high higher home homeowner homeowners host hour hours household how however html http ' +
    'https id ids if ignore ignored import imported importing imports in inactive income incomplete incorrect indexed ' +
    'info insufficient integer intent internal into invalid ip is it item items its january json july june just keep kept ' +
    'kilobytes known large last later lead leads least leave left less letters like limit limited line lines list lists ' +
    'lives load loaded loading locked login long look lost low lower made mailbox main maintenance make malformed many ' +
    'mapped mapping march match matches max maximum may mean megabytes message method mfa min minimum minute minutes ' +
    'mismatch missing mobile mon monday month monthly more most must name need needed needs never new next no nobody non ' +
    'none nonexistent nor not note noted nothing notice november null number numbers numeric october of off old on once ' +
    'one only oops open opened opt opted or order other our out outside over own owner page parse parsed part partial ' +
    'password paused payment pending people perform permission permitted person phone phones plan please plus policy ' +
    'present previous primary process processed prohibited property provided purchase put quota quoted range rate re ' +
    'reach reached read readable ready reason receive received recipient record records refused regex rejected relay ' +
    'remaining removed renewal renewals repeated request requests require required requires reserved resource response ' +
    'rest result results resume retry row rows running safe said same sat saturday save saved saying search seconds see ' +
    'seems select selected send sender sending sent separate separated separator september sequence sequences server ' +
    'service session set she sheet short should sign signed similar since single size skipped slack slow small so some ' +
    'somebody something soon sorry spaces spam special specified specify spent sql started starts state status still stop ' +
    'stopped store stored street string strings submitted success such sun sunday support supported supports sure sync ' +
    'synced syncing system table tables tag tags take taken takes template temporarily temporary text than that the their ' +
    'them then there these they this those through thu thursday thus time timed timeout times title to today token ' +
    'tomorrow too topics total trial true try tue tuesday twice two type unable unauthenticated unauthorized unavailable ' +
    'under unexpected unique unknown unless unprocessable unsubscribed unsupported until unverified update updated ' +
    'upgrade upload uploaded uploading url us used user username users uses uuid valid validate validation value values ' +
    'variable variables verification verified verify via wait waiting want was we wed wednesday went were what when where ' +
    'whether which while who why will window with within without words work workbook works workspace workspaces would ' +
    'write written wrong wrongly www xlsx year yes yet you your yours zero zip zipcode zoom zoominfo'
  ).split(' '),
);

/** Nobody's name: a word of `known`, or none at all. */
export const isKnownWord = (word: string) =>
  known.has(word.toLowerCase().replace(/[^\p{L}]/gu, '')) || !/\p{L}/u.test(word);
