// Ordene på de sider, hvor mennesker driver arbejdet.

extension Danish {
    static func cycle(_ phrase: CyclePhrase) -> String {
        switch phrase {
        case .orderText:
            """
            Timer om måneden, hvis den virker, gange sandsynligheden for, at den virker her, for hver \
            arbejdsdag. Sandsynligheden kommer af, hvordan tidligere forbedringer gik, ikke af nogens \
            fornemmelse.
            """
        case .whyHere: "Hvorfor her"
        case .afterVerdict: "Under evaluering, eller venter på en beslutning"
        case .startSmall: "Begynd småt"
        case .startSmallQuestion: "Hvilken forbedring skal vi begynde med?"
        case .startSmallText:
            """
            Lidt arbejde, én person kan svare for det, og effekten viser sig inden for fire uger: af dem de \
            tre, der har størst chance her. Alt, hvad der kan udfyldes, er udfyldt.
            """
        case .beginThis: "Begynd med denne"
        case .goOnWithThis: "Den er i gang: gå videre med den"
        case .otherLack: "Hvorfor de andre ikke er med"
        case .noTicketsYet:
            "Der er ingen sager endnu. Hent nogle ind først: Uden dem kan ingen sige, hvad der kan dokumenteres."
        case .duplicates: "Måske de samme"
        case .duplicatesText:
            """
            Se efter først, og flet så. Alle, der følger eller støtter den, og alt, der er sagt, kommer med, \
            og begge beholder deres historik.
            """
        case .sharedWords: "Fælles ord"
        case .sameMeasure: "samme nøgletal for samme del"
        case .mergeThem: "Flet den seneste ind i den tidligste"
        case .bringRegister: "Hent jeres eget register ind"
        case .bringRegisterText:
            """
            Det ark, I fører i dag, som CSV. Kolonner genkendes på engelsk, dansk og kinesisk og med \
            ServiceNows navne; det, der ikke genkendes, beholdes, som det er. Den samme fil to gange ændrer \
            intet.
            """
        case .registerFile: "Registret, som CSV"
        case .takeIn: "Hent det ind"
        case .registerTaken: "Det, der kom ind"
        case .registerTakenQuestion: "Hvad kom der ind fra arket, og hvad blev afvist?"
        case .keptColumns: "Beholdt, som de er, fordi ingen ved, hvad de betyder"
        case .knownColumns: "Genkendte kolonner"
        case .turnedDown: "Afvist"
        case .line: "Linje"
        case .why: "Hvorfor"
        case .row: "Række"
        case .baseRates: "Hvor ofte forbedringer har virket her"
        case .baseRatesText:
            """
            Hver linje tager udgangspunkt i det, man ved uden den: En linje med to runder siger lidt, en med \
            fyrre siger meget.
            """
        case .ofWhichType: "Type"
        case .allTypes: "alle"
        case .worked: "Virkede"
        case .ofRounds: "af runder med en konklusion"
        case .chance: "Chancen for, at den næste virker"
        case .medianEffect: "Sædvanlig effekt"
        case .howLongHeld: "Hvor længe gevinster holder"
        case .handoffs: "Overdragelser mellem afdelinger"
        case .handoffsQuestion: "Hvor venter arbejdet mellem afdelingerne?"
        case .handoffsText:
            """
            Dage, hvor en afdeling har ventet på en anden, over alle forbedringer. Det handler om afdelinger \
            og aldrig om personer.
            """
        case .waits: "Venter"
        case .waitsFor: "Venter på"
        case .days: "Dage"
        case .stillOpen: "Stadig åbne"
        case .handedOver: "Overdraget"
        case .overAgreed: "Dage ud over det aftalte"
        case .itsImprovements: "Forbedringer"
        case .openHandoffs: "Se, hvem der venter på hvem"
        case .votes: "Stemmer"
        case .voteFor: "Det vil jeg også"
        case .takeVoteBack: "Træk min stemme tilbage"
        case .challenge: "Sådan har det altid været"
        case .challengeLabel: "Det stiller spørgsmål ved noget, der altid er gjort sådan"
        case .challengesOnly: "Kun det, der stiller spørgsmål ved, hvordan det altid har været"
        case .allSuggestions: "Alle forslag"
        case .yourSuggestions: "Dine"
        case .fateReceived: "modtaget; ingen har svaret endnu"
        case .fateAnswered: "besvaret"
        case .fateDeclined: "ikke taget op, med en begrundelse"
        case .fateWorked: "det er gjort, og det virkede"
        case .fateEnded: "det er prøvet og afsluttet"
        case .answerIt: "Svar den, der foreslog det"
        case .answerLabel: "Hvad der bliver af det, og hvorfor"
        case .declineLabel: "Det bliver ikke taget op"
        case .sendAnswer: "Send svaret"
        case .answered: "Svar"
        case .followIt: "Gem denne adresse: Her kan du uden konto se, hvad der bliver af dit forslag."
        case .followTitle: "Dit forslag"
        case .followQuestion: "Hvad er der blevet af det?"
        case .sortByVotes: "Flest stemmer først"
        case .sortByDate: "Seneste først"
        case .thanks: "Tak"
        case .thanksText:
            """
            Fra kollega til kollega, først og fremmest til teamet. Ingen tælles, rangeres eller nævnes ved \
            navn uden selv at have sagt ja.
            """
        case .noThanks: "Ingen har takket nogen her endnu. Det tager et halvt minut."
        case .giveThanks: "Sig tak"
        case .thanksTeam: "Til hvilket team eller hvilken afdeling"
        case .thanksPerson: "Til en af dem, hvis vedkommende må nævnes"
        case .wholeTeam: "til dem alle"
        case .thanksFor: "For hvad"
        case .thanksNamed: "Vis mit navn"
        case .sendThanks: "Sig tak"
        case .mayNameMe: "Du må nævnes ved navn, når der siges tak"
        case .mayNotNameMe: "Du nævnes ikke ved navn i en tak, medmindre du siger ja"
        case .nameMe: "Jeg må nævnes"
        case .nameMeNot: "Nævn mig ikke"
        case .personNotNamed: "Den person har ikke sagt ja til at blive nævnt. Tak i stedet teamet."
        case .quietWork: "Holdt i gang i det stille"
        case .quietWorkText:
            "Det, der gøres igen og igen til tiden, så gevinsterne ikke skrider. Ellers er det aldrig en nyhed."
        case .prevented: "Forebyggede brande"
        case .preventedText:
            """
            Det, som prognosen uden ændringen ventede, minus det, der kom. Kun de uger, en konklusion så på, \
            tæller med, og intet tælles to gange.
            """
        case .thankedBy: "Fra"
        case .threeMeasures: "Tre forskellige spørgsmål"
        case .threeMeasuresText:
            """
            At gøre det rigtige, at gøre det uden spild og hvad det koster, er tre forskellige ting. Den ene \
            kan blive bedre, mens den anden bliver værre.
            """
        case .effective: "Effektfuldt: virker det?"
        case .efficient: "Effektivt: med hvor lidt indsats?"
        case .economical: "Økonomisk: hvad kommer der igen for det, der betales?"
        case .theServices: "Services, de seneste fire uger"
        case .theWork: "Forbedringsarbejdet"
        case .time: "Lovet og brugt tid"
        case .timeQuestion: "Er der tid til forbedring, og bliver den brugt?"
        case .timeText:
            """
            En afdeling lover timer for en måned; timerne skrives ned på forbedringerne. Det handler om \
            afdelinger, aldrig om personer.
            """
        case .noTime:
            "Ingen har lovet tid endnu. Uden tid bliver intet bedre: Begynd med nogle få timer om måneden."
        case .month: "Måned"
        case .promised: "Lovet"
        case .used: "Brugt"
        case .usedShare: "Brugt af det lovede"
        case .promiseTime: "Lov timer"
        case .promiseMonth: "For hvilken måned"
        case .promiseHours: "Timer; 0 trækker løftet tilbage"
        case .savePromise: "Lov dem"
        case .openTime: "Se lovet og brugt tid"
        case .badMonth: "En måned skrives som 2026-03."
        case .badHours: "Skriv timerne som et tal fra 0 til 100.000."
        case .departmentMissing: "Sig hvilken afdeling."
        case .pulse: "Pulsen"
        case .pulseQuestion: "Hvordan er stemningen, og er den ved at ændre sig?"
        case .pulseText:
            """
            Tre spørgsmål, altid de samme, én gang om måneden. Kun antal gemmes, så intet svar kan føres \
            tilbage til dig eller til dine andre svar. Intet vises, før mindst fem har svaret.
            """
        case .pulsePace: "Jeg kan gøre mit arbejde godt uden at blive slidt ned af det"
        case .pulseWorth: "Det, vi gør for at forbedre, er indsatsen værd"
        case .pulseHeard: "Når jeg siger, at noget kunne være bedre, kommer der noget ud af det"
        case .pulse1: "slet ikke"
        case .pulse2: "kun lidt"
        case .pulse3: "delvist"
        case .pulse4: "for det meste"
        case .pulse5: "helt"
        case .pulseSaid:
            "Hvad har du hørt sagt om måden, vi arbejder på, eller har selv lyst til at sige? Udelad navne."
        case .sendPulse: "Send svarene"
        case .pulseThanks: "Tak. Du kan svare igen i næste måned."
        case .pulseDone: "Du har svaret i denne måned."
        case .pulseNone: "Indtil nu er der under fem svar om måneden: Intet vises."
        case .pulseMissing: "Svar på mindst ét af spørgsmålene."
        case .pulseMean: "Gennemsnit fra 1 til 5"
        case .pulseAnswers: "Svar"
        case .pulseByDepartment: "Efter afdeling, den seneste måned"
        case .pulseStatements: "Det, der blev sagt"
        case .pulseStatementsText: "I alfabetisk orden, fra måneder med mindst fem svar."
        case .pulseFallen: "Den er faldet mere, end tilfældigheder forklarer"
        case .pulseSteady: "inden for det, tilfældigheder forklarer"
        case .openPulse: "Svar på pulsen"
        case .behindQuestion: "Hvad består dette tal af?"
        case .behindNothing: "Intet talte med i disse dage."
        case .behindCounted: "Tæller med"
        case .behindAbout: "Om"
        case .behindAmount: "Antal"
        case .behindOn: "Dag"
        case .behindSuggestion: "et forslag"
        case .earlierStep: "Tidligere"
        case .laterStep: "Senere"
        case .peopleCounted:
            "Mennesker tælles og nævnes aldrig: Dette er de forbedringer og forslag, de har arbejdet med."
        case .whatItIsMadeOf: "Hvad det består af"
        case .quietedHeading: "Advarsler, der er skruet ned for"
        case .quietedText:
            """
            Disse advarsler er for sjældent gået i opfyldelse. De laves og bedømmes stadig, men de står sidst \
            og kommer ikke på siden I dag.
            """
        case .noneQuieted: "Der er ikke skruet ned for nogen advarsel: Ingen har taget fejl oftere, end den må."
        case .hearAgain: "Hør den igen"
        case .hearAgainText: "Derefter tæller kun senere advarsler."
        case .approvalRule: "Hvad der ikke behøver godkendelse"
        case .approvalRuleText:
            """
            Små forbedringer behøver ingen godkendelse: Den, der skal spørge om alt, holder op med at spørge. \
            Reglen skrives ind i hver forbedring, når den åbnes.
            """
        case .approvalEffort: "Det meste arbejde, der ikke behøver nogen"
        case .approvalHours: "De fleste timer om måneden, der ikke behøver nogen"
        case .approvalRoles: "Hvem der godkender det, der er større"
        case .approvalNone: "Intet behøver godkendelse"
        case .approvalSome: "Det, der er større end dette, behøver godkendelse"
        case .badApproval: "Timerne er et tal på 0 eller derover, og nogen skal kunne godkende."
        case .department: "Afdeling"
        case .saveIt: "Gem"
        case .workAhead: "Arbejde forude"
        case .workAheadText:
            """
            Sager om ugen på kompetencens område: nu og om otte uger med prognosens interval. Ligger det uden \
            for niveauet i dag, står der, hvor mange det kræver, hvis hver især når lige så meget som nu.
            """
        case .neededThen: "Behov da"
        }
    }
}
