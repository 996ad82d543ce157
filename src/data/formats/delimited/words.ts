/**
 * What the words in a column's name say of it. Words of other languages too: people name columns in their own. A name
 * alone decides nothing; it is asked where the values leave a doubt.
 */

/** RecBole's header: "user_id:token", "rating:float". */
export type DeclaredType = 'token' | 'float' | 'token_seq' | 'float_seq';

const DECLARED = /^(.*):(token|float|token_seq|float_seq)$/i;

/** The name without its declared type, and the type; null where it declares none. */
export function declaredType(name: string): { readonly name: string; readonly type: DeclaredType } | null {
  const match = DECLARED.exec(name.trim());
  return match && { name: match[1], type: match[2].toLowerCase() as DeclaredType };
}

/** "userID" → user, id; "is_click" → is, click; "Größe" → größe. */
export function wordsOf(name: string): string[] {
  return (declaredType(name)?.name ?? name)
    .normalize('NFC')
    .replace(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

const list = (words: string) => new Set(words.split(/\s+/).filter(Boolean));

/** What names one of many: a user, a shop, a brand, a code. */
const NAMING = list(`
  id ids uid iid gid pid sid cid uuid guid key index idx code zip zipcode postcode postal plz cep hash token
  user users member customer client visitor buyer seller author reader player driver patient student employee
  userid itemid movieid
  item items product sku article asin isbn ean upc movie movies film book song track artist album game app video news
  restaurant hotel venue recipe course job site domain page url host ad ads advert advertiser campaign creative banner
  brand make model manufacturer vendor supplier shop store merchant outlet warehouse category categories cat subcategory
  department dept aisle section type kind class group segment cluster genre genres tag topic label theme
  city town country nation state province region county district location place area street neighborhood
  device os browser platform channel source medium referrer ip network carrier operator isp session
  gender sex occupation profession education marital religion language lang currency color colour
  nutzer benutzer kunde kunden kundin mitglied artikel produkt marke hersteller filiale laden geschäft stadt ort land
  bundesland kategorie gruppe gattung geschlecht beruf schlüssel nummer
  utilisateur utilisatrice client cliente produit article marque magasin boutique ville pays région catégorie categorie
  genre sexe métier clé
  usuario usuaria cliente producto artículo articulo marca tienda ciudad país pais categoría categoria género genero
  película pelicula libro código codigo
  usuário usuaria produto item loja cidade estado filme livro
  utente prodotto articolo negozio città citta paese libro codice
  gebruiker klant product winkel merk stad categorie
  användare kund produkt butik märke bruger kunde vare butik mærke
  użytkownik uzytkownik klient produkt sklep marka miasto kategoria
  пользователь клиент товар бренд магазин город категория фильм книга код
  kullanıcı kullanici müşteri ürün urun marka mağaza şehir
`);

/** Of languages that write words without spaces between them. */
const NAMING_PARTS = [
  ...[
    '用户',
    '用戶',
    '商品',
    '物品',
    '品牌',
    '店铺',
    '店鋪',
    '类目',
    '類目',
    '类别',
    '城市',
    '地区',
    '编号',
    '代码',
  ],
  ...['ユーザー', 'ユーザ', '商品', 'ブランド', '店舗', '都市', 'カテゴリ', '番号', 'コード'],
  ...['사용자', '상품', '브랜드', '매장', '도시', '번호'],
];

/** What is counted or measured. */
const MEASURING = list(`
  age ages price prices cost costs amount amt count counts cnt qty quantity total sum avg average mean median min max
  std var ratio rate percent percentage pct share prob probability value income salary wage fare fee balance credit debt
  loan revenue sales profit spend spent discount tax weight height width length depth size distance speed velocity
  duration seconds secs minutes mins hours days weeks months years tenure recency frequency lat latitude lon lng long
  longitude temp temperature humidity pressure wind views clicks likes visits votes rank ranking times number num score
  level volume budget popularity runtime impressions bid bids paid unpaid owed
  alter preis kosten betrag anzahl menge dauer gewicht größe groesse höhe breite länge einkommen gehalt umsatz
  âge prix coût montant quantité quantite nombre durée duree poids taille salaire
  edad precio costo monto cantidad duración duracion peso altura salario ingresos
  idade preço preco quantidade duração salário
  età prezzo importo quantità durata peso altezza
  leeftijd prijs aantal bedrag
  wiek cena liczba kwota ilość
  возраст цена сумма количество
  年龄 年齡 价格 價格 数量 數量 金额 年齢 価格 数 나이 가격 수량
`);

/** What begins the name of a count or a mean: "num_items", "avg_price", "n_users". */
const COUNTING = list(
  'n nb num no count cnt total sum avg average mean median min max std ratio pct anzahl nombre',
);

const TIME = list(`
  time timestamp ts date datetime day month year hour minute second week created updated at zeit datum uhrzeit jahr monat
  tag heure année annee mois jour fecha hora año mes día data ano giorno anno jaar 时间 日期 時間 日付 날짜 시간 время дата год
`);

/** Words that end in "id" and name no one. */
const NO_IDS = list(`
  paid unpaid prepaid bid grid valid invalid void avoid amid covid liquid rapid avid acid fluid humid raid maid kid lid
  mid rid aid said laid solid candid android asteroid squid stupid timid vivid hybrid overpaid repaid underpaid
`);

export type NameSays = 'names' | 'measures' | 'time' | null;

/** What a column's name says of its values; null: nothing. The last word of a name tells what it is: "user age". */
export function nameSays(name: string): NameSays {
  const words = wordsOf(name);
  const last = words.at(-1);
  if (last === undefined) return null;
  if (words.length > 1 && COUNTING.has(words[0])) return 'measures';
  if (words.includes('id') || words.includes('ids')) return 'names';
  for (const word of [last, ...words.slice(0, -1).reverse()]) {
    const said = wordSays(word);
    if (said) return said;
  }
  return null;
}

function wordSays(word: string): NameSays {
  if (TIME.has(word) || /(timestamp|datetime|date|time)$/.test(word)) return 'time';
  if (MEASURING.has(word)) return 'measures';
  if (NAMING.has(word) || NAMING_PARTS.some((part) => word.includes(part))) return 'names';
  if (/.(id|ids|idx|code|key|hash|uuid|sku|_?nr)$/.test(word) && !NO_IDS.has(word)) return 'names';
  // "storebrand", "kundennummer": compounds of a word and another.
  if (/.(nummer|type|category|zip)$/.test(word)) return 'names';
  return null;
}

/** Columns that only number the rows, as pandas and R write them. */
export function namesRowNumbers(name: string): boolean {
  return /^(unnamed: ?\d+(_level_\d+)?|\.\.\.1|x\.?1|row_?(names?|nr|no|num|number|id|index)|rownum|index|sno|s\.? ?no\.?|sr\.? ?no\.?|lfd\.? ?nr\.?)$/i.test(
    name.trim(),
  );
}
