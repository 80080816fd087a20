package plenary.screening;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every rule on its own: what it finds, and what it has to leave alone. */
class RulesTest {
  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

  static boolean finds(Rule rule, String text) {
    Context context = new Context(new Author(new UUID(0, 1), 0, 0), NOW, new RecentTexts());
    TextLimits limits = TextLimits.question(2_000);
    return rule.look(new ScreenedText(Screening.normalised(text, limits), limits, context))
        .isPresent();
  }

  private static void expect(Rule rule, List<String> found, List<String> left) {
    assertThat(found).allSatisfy(text -> assertThat(finds(rule, text)).as(text).isTrue());
    assertThat(left).allSatisfy(text -> assertThat(finds(rule, text)).as(text).isFalse());
  }

  @Test
  void aTelephoneIsToldByItsFormOrByAWordForIt() {
    expect(
        new Phone(),
        List.of(
            "Reach me at (310) 555-1234 about this",
            "555-123-4567?",
            "Her daughter is at +44 20 7946 0958",
            "Bitte anrufen: 030 901820",
            "Mobile 07700 900123",
            "tél. 01 23 45 67 89",
            "Tel: 612 345 678"),
        List.of(
            "Is a LDL of 1.8 mmol/l or 70 mg/dl the goal?",
            "In 2010-2015 120 of 12,345 patients were enrolled",
            "What about NCT01234567 and 10.1056/NEJMoa2034577?",
            "PMID 31475795: does it hold?",
            "150/90 or 140/85 mmHg, 100-200-300 mg?",
            "https://example.org/5551234567/0301234567",
            "ISBN 978-3-16-148410-0",
            "CAS 50-78-2 at 25 000 000 units"));
  }

  @Test
  void anEmailIsToldAnywhere() {
    expect(
        new Email(),
        List.of("ask jane.e@example.com", "(mailto:müller@klinik-köln.de)", "A.B+c@mail.nhs.uk."),
        List.of("dose @ 5 mg", "@heartdoc said so", "50mg@8h", "a@b"));
  }

  @Test
  void aRecordNumberFollowsAWordForIt() {
    expect(
        new RecordNumber(),
        List.of(
            "(MRN: 112-45-789)?",
            "medical record number is CHLA-556677",
            "Patient ID 98765AB",
            "NHC: 2309875.",
            "her health plan number HP-678901",
            "Fallnummer 2024-118822",
            "numéro de dossier : 4455667",
            "case no. 123456",
            "cartella clinica n. 88213"),
        List.of(
            "In case 3 of your series",
            "record 2010-2015",
            "patient no 12",
            "plan for 2024",
            "study ID 123456",
            "PubMed ID 31475795",
            "each patient is 70 kg",
            "The policy of 2019",
            "Meeting ID 987654321"));
  }

  @Test
  void anIdentityNumberHasAFormAndACheckDigit() {
    expect(
        new IdentityNumber(),
        List.of(
            "SSN 123-45-6789",
            "card 4454794511390933",
            "4454 7945 1139 0933",
            "GB56HXDO88167774656119",
            "DE89 3704 0044 0532 0130 00",
            "943 476 5919",
            "12345678Z",
            "X1234567L",
            "RSSMRA85T10A562S",
            "111.444.777-35",
            "44051401359"),
        List.of(
            "card 4454794511390934",
            "GB56HXDO88167774656118",
            "12345678A",
            "111.444.777-36",
            "0000-0002-1825-0097",
            "10.1016/j.jacc.2019.03.009",
            "EudraCT 2014-001234-10",
            "1234567890123",
            "100 200 300"));
  }

  @Test
  void aDateIsOfSomebodysCare() {
    expect(
        new ExactDate(),
        List.of(
            "She was seen on April 12, 2023",
            "the patient, admitted Feb 5th",
            "DOB 23/05/1982",
            "geboren am 3. Mai 1961, stabil",
            "paciente ingresado el 15 de agosto de 2014",
            "née le 14 juillet 1950",
            "72-year-old man, MI on 2023-03-10",
            "operata il 3 marzo 2021"),
        List.of(
            "Since the approval of 12 March 2021, what do registries show?",
            "Was he treated in 2019?",
            "Do patients benefit, as published on 3 May 2020?",
            "In 1.2.10 of the guideline for this patient",
            "May 5 mg be given to her?",
            "This patient had 3/4 of the dose",
            "a ratio of 42/25/13 in this boy"));
  }

  @Test
  void anAgeOver89IsOnePersons() {
    expect(
        new HighAge(),
        List.of(
            "a 93-year-old with AF",
            "My patient is 91 years old",
            "96yo M w/ CHF",
            "eine 94-jährige Patientin",
            "mujer de 92 años",
            "une patiente de 95 ans",
            "paziente di 90 anni",
            "woman, aged 102"),
        List.of(
            "a 34-year-old female",
            "in patients over 90 years old",
            "those ≥ 90 years of age",
            "90 years or older",
            "between 80 and 90 years old",
            "for 100 years we have used digoxin",
            "95 mg per day in this woman",
            "follow-up of 98 weeks",
            "mayores de 90 años"));
  }

  @Test
  void wordsThatOffendAreFoundInDisguise() {
    expect(
        new Abuse(WordList.SHIPPED),
        List.of(
            "this is bullshit",
            "what a load of SHIIIIT",
            "f u c k this",
            "sh1t talk",
            "f*ck off",
            "du bist ein Arschloch",
            "quel connard",
            "es una mierda",
            "sei uno stronzo",
            "\u0441\u0443\u043Ant".replace("\u0441\u0443\u043A", "\u0441u"),
            "ты говно",
            "王八蛋"),
        List.of(
            "Breast, anal and penile cancer: what of sexual function?",
            "How is rape trauma treated?",
            "Is ASS 100 enough?",
            "Does the Fick principle hold?",
            "Dr. Dick and Dr. Cock have shown it",
            "The Scunthorpe trial, assessment, cumulative, analgesic, Essex",
            "Er aß nichts mehr",
            "Je suis con-vaincu du bite block",
            "I am con-cerned: pot, bite, gat, bitte",
            "\u624B\u8853\u5F8C\u306E\u808B\u9580\u306E\u75DB\u307F",
            "\u4E73\u623F\u764C\u548C\u9634\u9053\u51FA\u8840",
            "グロブリンとアナログ",
            "What does the vagina and vulva exam add?"));
  }

  @Test
  void advertisingHasSeveralSigns() {
    expect(
        new Spam(),
        List.of(
            "WIN £1000 cash! Text WIN to 80086 now. 150p/msg T&Cs apply",
            "Earn $5000 weekly with crypto, join https://t.me/rich now",
            "Claim your free voucher today: click www.example.biz",
            "Please subscribe to my channel: https://youtu.be/abc",
            "Make extra money working from home today, see www.example.biz"),
        List.of(
            "Is there a free app to call patients, and what does it cost, 50 €?",
            "Can we join the trial today?",
            "Do you follow our protocol now, and do you see us on the page?",
            "Could they work from home again after the event?",
            "Does the $35 cap on insulin win more adherence?",
            "Please click through to the last slide now",
            "FFR, IVUS, OCT, CABG: WHICH FIRST?"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Does this hold for patients over 80 with eGFR below 30?",
        "Gilt das auch für Patienten über 75 Jahre mit einer GFR unter 30 ml/min?",
        "Ist die Studie von 2019 (n = 12 345, HR 0,75, 95 %-KI 0,65–0,86) übertragbar?",
        "Est-ce que cela vaut pour les patients de plus de 80 ans sous anticoagulants ?",
        "¿Qué dosis recomienda en pacientes mayores de 80 años con insuficiencia renal?",
        "Quale terapia nei pazienti oltre gli 80 anni con fibrillazione atriale?",
        "Qual a dose em doentes com mais de 80 anos e depuração < 30 ml/min?",
        "Geldt dit ook voor patiënten boven de 80 met een pot hartfalen?",
        "Czy to dotyczy pacjentów powyżej 80 lat z eGFR < 30?",
        "80 yaş üstü hastalarda bu tedavi güvenli mi?",
        "Верно ли это для пациентов старше 80 лет?",
        "هل ينطبق هذا على المرضى فوق 80 عاما؟",
        "这对80岁以上的患者有效吗？",
        "80歳以上の患者にも有効ですか？",
        "What is the NNT in PARADIGM-HF (NCT01035255), doi:10.1056/NEJMoa1409077?",
        "Was the 17 May 2023 label change based on sex differences?",
        "Would a 75-year-old woman after anal cancer still profit?"
      })
  void clinicalQuestionsOfManyLanguagesPass(String text) {
    Context context = new Context(new Author(new UUID(0, 1), 0, 0), NOW, new RecentTexts());
    assertThat(Screening.verdict(text, TextLimits.question(500), context).reasons()).isEmpty();
  }

  @Test
  void anAuthorTurnedDownTwiceWaitsUntilTheHallTakesOneUp() {
    assertThat(author(0, 0)).isFalse();
    assertThat(author(0, 1)).isFalse();
    assertThat(author(0, 2)).isTrue();
    assertThat(author(1, 2)).isFalse();
  }

  private static boolean author(int taken, int unsuitable) {
    Context context =
        new Context(new Author(new UUID(0, 1), taken, unsuitable), NOW, new RecentTexts());
    return Screening.verdict("Why?", TextLimits.question(500), context).holds();
  }
}
