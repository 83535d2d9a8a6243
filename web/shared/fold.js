/* Folds names as friendcities.names.normalize does; the browser tests compare them on the names of all cities. */

const SPELLINGS = {
  "": "ƾǀǁǂǃɂʔʕʖʘʡʢʬʭᴤᴥꜣꜥꞏ𝼊𝼎",
  a: "ɐɑɒᴀᶏᶐⱥꞻꬰꬱꭤ",
  aa: "ꜳ",
  ae: "æᴁᴂꞛ",
  ao: "ꜵ",
  au: "ꜷ",
  av: "ꜹꜻ",
  ay: "ꜽ",
  b: "ƀƃɓʙᴃᵬᶀꞗꞵꭍ",
  c: "ƈȼɕʗᴄↄꜭꜯꜿꝯꞓꞔ𝼏𝼝",
  d: "ðđƌƍȡɖɗʤᴅᴆᵭᶁᶑẟꝱꝺꟈ𝼒𝼙𝼥",
  db: "ȸ",
  dz: "ʣʥꭦ",
  e: "ǝɇɘəɚɛɜɝɞʚᴇᴈᶒᶓᶔᶕⱸⱻꬲꬳꬴꭡ",
  et: "ꝫ",
  f: "ƒɸʩᵮᶂⱷꜰꝼꞙꟻꬵ𝼀",
  g: "ǥɠɡɢɣʛᵷᵹᶃꝿꞡꟑꬶ𝼁𝼂",
  h: "ħƅɥɦɧʜʮʯⱨⱶꜧꞕꟶ",
  hv: "ƕ",
  i: "ıɨɩɪᴉᵻᵼᶖꞽꟷꟾ𝼚",
  is: "ꝭ",
  j: "ȷɉɟʄʝᴊ",
  k: "ĸƙʞᴋᶄⱪꝁꝃꝅꞣ𝼃𝼐",
  l: "łƚƛȴɫɬɭɮʟᴌᶅⱡꝇꝉꝲꞁꞎꬷꬸꬹ𝼄𝼅𝼑𝼓𝼦",
  ll: "ỻ",
  ls: "ʪ",
  lz: "ʫ",
  m: "ɯɰɱᴍᴟᵯᶆꝳꟺꟽꟿꬺ",
  n: "ŋƞȵɲɳɴᴎᵰᶇꝴꞑꞥꬻꬼ𝼇𝼔𝼧",
  o: "øɔɤɵɷᴏᴐᴑᴒᴓᴖᴗᶗⱺꝋꝍꞷꟁꬽꬾꬿꭃꭄ𝼛",
  oe: "œɶᴔꞝꭀꭁꭂꭢ",
  oi: "ƣ",
  oo: "ꝏ",
  ou: "ȣᴕ",
  p: "ƥᴘᵱᵽᶈꝑꝓꝕꟼ",
  q: "ƽɋʠꝗꝙꞯ",
  qp: "ȹ",
  r: "ɍɹɺɻɼɽɾɿʀʁᴙᴚᵲᵳᶉⱹꝛꝝꝵꝶꞃꞧꭅꭆꭇꭈꭉꭊꭋꭌꭨ𝼈𝼕𝼖𝼨",
  s: "ƪȿʂʃʅʆᵴᶊᶋᶘẜẝꜱꞅꞩꟊꟗꟙꭠ𝼋𝼌𝼞𝼩",
  ss: "ß",
  t: "ŧƫƭȶʇʈʧᴛᵵⱦꜫꝷꞇ𝼉𝼍𝼗𝼜𝼪",
  tc: "ʨ",
  th: "þᵺꝥꝧꟓ",
  ts: "ʦꭧ",
  tz: "ꜩ",
  u: "ʉʊᴜᴝᴞᵾᵿᶙꞹꞿꭎꭏꭒ",
  ue: "ᵫꞟ",
  ui: "ꭐꭑ",
  um: "ꝸ",
  uo: "ꭣ",
  v: "ʋʌᴠᶌỽⱱⱴꝟꝩ",
  vy: "ꝡ",
  w: "ƿʍᴡⱳꟃꟕ",
  x: "ᶍꭓꭔꭕꭖꭗꭘꭙ",
  y: "ƴȝɏʎʏỿꭚ𝼆",
  z: "ƨƶƹƺƻȥɀʐʑʒʓᴢᴣᵶᶎᶚⱬꝣ𝼘",
  "σ": "ς",
  "ا": "ٱ",
  "ك": "ک",
  "ه": "ةھہۃە",
  "ي": "ىی",
  "台": "臺",
};
const LETTERS = Object.fromEntries(
  Object.entries(SPELLINGS).flatMap(([spelling, letters]) => [...letters].map((letter) => [letter, spelling])),
);

export const fold = (text) =>
  text
    .normalize("NFKD")
    .replace(/ [\u0300-\u036f]+/g, "")
    .replace(/(?<=[Ll])·/g, "")
    .replace(/['`ʹʺʻʼʽʾʿˈˊˋ՚׳ߴߵ‘’‛′‵Ꞌꞌ]/g, "")
    .toLowerCase()
    .normalize("NFKD")
    .replace(/[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u08ca-\u08ff]/g, "")
    .replace(/\p{Cf}/gu, "")
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, " ")
    .replace(/./gu, (letter) => LETTERS[letter] ?? letter)
    .normalize("NFC")
    .trim();
