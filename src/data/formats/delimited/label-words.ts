/** How people name a label, and the words that say yes or no in it. */

/** The label by its usual names, the likeliest first. */
export const LABELS = ['label', 'labels', 'target', 'click', 'clicked', 'clk', 'y'];
export const RATINGS = [
  'rating',
  'ratings',
  'stars',
  'star',
  'overall',
  'score',
  'bewertung',
  'note',
  'puntuación',
  'оценка',
  '评分',
];
/** Ratings that are words are known by these names only: a score or a note may be anything. */
export const SURELY_RATINGS = new Set(['rating', 'ratings', 'stars']);
/** What people did, or what became of them: labels where they say yes or no. */
export const OUTCOMES = [
  ...['churn', 'churned', 'exited', 'survived', 'left', 'attrition', 'converted', 'conversion', 'convert'],
  ...['liked', 'like', 'bought', 'buy', 'purchased', 'purchase', 'ordered', 'order', 'booked', 'booking'],
  ...['subscribed', 'subscribe', 'responded', 'response', 'installed', 'install', 'attributed', 'deposit'],
  ...[
    'default',
    'defaulted',
    'fraud',
    'approved',
    'accepted',
    'cancelled',
    'canceled',
    'returned',
    'reordered',
  ],
  ...['outcome', 'result', 'class', 'income', 'played', 'finished', 'watched', 'followed', 'follow', 'cvr'],
  ...[
    'gekauft',
    'geklickt',
    'klick',
    'bestellt',
    'gekündigt',
    'acheté',
    'achat',
    'clic',
    'cliqué',
    'comprado',
    'compra',
  ],
  ...[
    'clicou',
    'comprou',
    'acquistato',
    'gekocht',
    'geklikt',
    'köpt',
    'клик',
    'купил',
    '点击',
    '购买',
    'クリック',
    '購入',
  ],
];
/** Words before or behind which a name says the same: "is_click", "label_click", "clicked_flag". */
export const FILLERS = new Set([
  'is',
  'has',
  'was',
  'did',
  'ist',
  'est',
  'flag',
  'bool',
  'label',
  'binary',
  'true',
  'user',
  'the',
]);
/** What happens more than once: a column of whole numbers by such a name counts it, and some are more than none. */
export const EVENTS = new Set([
  ...['click', 'clicked', 'clk', 'conversion', 'purchase', 'purchased', 'buy', 'bought', 'order', 'ordered'],
  ...[
    'like',
    'liked',
    'booking',
    'booked',
    'install',
    'installed',
    'gekauft',
    'geklickt',
    'klick',
    'bestellt',
  ],
]);
export const OPPOSITES = /^(non?|not|un|dis|never|without|nicht|kein)$/;
export const YES_OR_NO_NAME = /^(is|has|was|did)$/;

const words = (text: string) => new RegExp(`^(${text.trim().split(/\s+/).join('|')})$`, 'i');
export const POSITIVE_VALUE = words(String.raw`
  1 1\.0+ true t yes y \+1? ja j oui o s[ií] sim да 是 はい pos(itive)? good success win won pass(ed)? up high
  click(ed)? like[ds]? love[ds]? buy bought purchased? order(ed)? transaction convert(ed)? conversion subscribed?
  accept(ed)? approved? churn(ed)? exited left attrited.* fraud(ulent)? spam default(ed)? malignant
`);
export const NEGATIVE_VALUE = words(String.raw`
  0 0\.0+ -1 - false f no n nein non não нет 否 いいえ not\b.* no[nt]?[\s_-].* non.* neg(ative)? bad none failure fail(ed)?
  loss lost down low view(ed)? pv impression stay(ed)? existing.* retained reject(ed)? declined? denied legit(imate)?
  genuine ham benign
`);
/** A value that only turns another one round: "inactive", "un-subscribed". */
export const TURNED_ROUND = /^(un|in|im|dis|non|not|no)[\s_-]?/i;
