/// Danish words of feeling, written for this product and weighed by hand: no list and no weight was taken from elsewhere.
///
/// A line begins with what its words weigh; `_` joins the words of a phrase, `*` stands for any ending. Of overlapping entries
/// the longest counts, so the zeros keep phrases whole that only look like feeling. Words of the trade (fejl, problem,
/// nedbrud, kritisk, akut, alarm) carry none.
let danishFeelings = """
    3 elsker elskede fremragende fantastisk* perfekt* vidunderlig* suveræn* strålende fabelagtig* enestående \
    formidabel* exceptionel* bedste pragtfuld* begejstr* jubel* meget_tilfreds virker_perfekt kører_som_smurt \
    det_spiller_bare fremragende_support gjorde_en_ekstra_indsats over_al_forventning bedre_end_ventet \
    reddede_min_dag tusind_tak mange_tak stor_ros kunne_ikke_være_bedre mesterlig* sublim* uovertruffen uovertrufne \
    hammerfed* genial* lykkelig*
    2 god godt gode glad glade tilfreds* dejlig* rar* venlig* hjælpsom* flink* dygtig* hurtig* nem nemt nemme let \
    smidig* effektiv* pålidelig* behagelig* hyggelig* hygge smuk* flot* skøn* fin fint fine lækker* sjov* spændende \
    imponer* imponeret glæd* glæde glæder nyd nyder nød nydelse anbefal* ros rose rosende roser tak takker \
    taknemmelig* bedre forbedr* succes* sejr* vind vinder vandt vundet vindere held heldig* heldigvis kærlig* \
    kærlighed elsk elsket venskab ven venner gratis gave gaver smil* grine griner latter humor frisk* ren rent rene \
    klar klart tydelig* professionel* kompetent* tålmodig* imødekommende serviceminded behjælpelig* omsorg* tryg* \
    trygt tryghed sikker stabil* stærk* styrke styrker populær* favorit* fed fedt fede sej sejt cool super superb \
    top topklasse kvalitet* interessant* inspirer* inspiration kreativ* talent* ære stolt* hæder* hyld* fejre* fest* \
    lykkedes lykkes lykke løst helbredt helbrede gevinst* fordel* fremgang* vækst styrket rekord* tillykke velkommen \
    værdsæt* værdifuld* velsmagende smag* lækkert sund* sundt frihed fred fredelig* retfærdig* opløftende positiv* \
    optimist* optimisme håb håber drøm* romantisk* charm* elegant* luksus* luksuriøs* perle yndlings* perfektion \
    anerkend* bragede glimrende udmærket udmærkede upåklagelig* velfungerende veloplagt* vel_tilfreds hurtigt_svar \
    hurtig_hjælp løst_med_det_samme løst_i_første_hug løst_på_få_minutter virker_igen god_service meget_hjælpsom \
    virkelig_venlig flink_og_tålmodig havde_styr_på_det tog_sig_tid forklarede_det_godt til_at_forstå \
    holdt_mig_orienteret fulgte_op ringede_tilbage_som_aftalt meget_hurtigere_end_før er_ikke_kommet_igen \
    intet_at_klage_over uden_problemer gik_gnidningsfrit gnidningsfrit nemt_og_hurtigt let_at_bruge godt_gået \
    flot_klaret ikke_dårligt ikke_så_ringe ikke_så_dårligt ikke_værst ingen_problemer til_tiden godt_arbejde \
    vellykket vellykkede fornem* fortræffelig* herlig* festlig* fornøjelse fornøjet gunstig* guld guldmedalje \
    mester* storslået overlegen* kærligt livsglæde velsign*
    1 okay_nu virker hjalp hjælper hjulpet hjælp gavn* nyttig* brugbar* brugervenlig* støtte* mulighed* ny_mulighed \
    flere billig* praktisk* rolig* varm* venlighed gerne åben ærlig* klog* kloge enig* unik* særlig_god spænd* \
    lærerig* moderne rig rigtig_god øko* grøn* løsning* endelig_løst fornuftig* relevant* nuttet sød* søde \
    spillede_godt førte føring opnå* opnåede bidrag* tilbud nå udvikle* udvikling styrkelse forskøn* invit* \
    samarbejd* beskytte* aktiv fleksibel* komfort* hovedrolle underhold* perfekt_til ideel* velegnet egnet velkomst* \
    overskud* stiger anvendelig* skabe skaber livlig* natur naturlig* varieret kendt berømt* eftertragtet guide \
    medalje håbefuld* overraskende_god bonus
    0 godt_nok god_morgen god_dag gode_hilsner god_aften god_weekend med_venlig_hilsen venlig_hilsen på_forhånd_tak \
    så_godt_som lige_så_godt fejl problem nedbrud kritisk akut alarm klar_til klar_over gør_klar så_vidt tab_af_data \
    let_at hurtigst_muligt fint_nok ved_godt godt_være kan_godt må_godt vil_godt en_god_del lade_være tak_for_svar \
    hårddisk hårddisken skyldes rarotonga rent_faktisk ren_tekst klarer klaring i_god_tid god_tid_i_forvejen \
    klart_at vind_og_vejr vindmølle* vindretning topmøde* topleder* rose_bouton roskilde smagt_til smag_til smag_med \
    festival* flere_gange toppen_af venstre venskabskamp* vennerne_af superliga* supermarked* ikke_bare ikke_mindst \
    ikke_kun ikke_alene finde finder fines gaveregn taktik* takt tal_med gode_gamle letvægt letland
    -1 langsom* sløv* træg* sen sent forsink* vent venter ventede ventet ventetid svær* svært vanskelig* besvær* \
    forvirr* uklar* mangl* mangel mistede mister mist forkert* dårligere dyr dyrt kold* koldt træt* trætte ked \
    desværre bekymr* nervøs* tvivl* usikker* utryg* urolig* uro klag* fejler fejlede besværlig* larm* støj* snavset \
    beskidt* gammeldags kedelig* kedeligt tom tomt svag* svækk* fald falder faldt tab tabt taber tabte nederlag* \
    underskud* gæld* fattig* krise* fyret fyringer konkurs* lukke lukkes lukning* nedskæring* besparelse* sparer \
    kritik kritiser* kritiserer beskyld* anklag* sigtet mistænk* strid stridig* konflikt* protest* strejke* nej \
    aldrig ingen intet stadig_ikke igen_og_igen nægt* afvis* afslag forbud* straf* bøde* dom dømt fængsel* fængslet \
    arrest* politiet tyv* stjålet røver* indbrud* skade* skadet* kvæst* syg* sygdom* smert* ondt ulykke* uheld* \
    brand brande bryde bryder brudt afbrudt farlig* fare truet trussel* true truer trues angreb* angrib* kamp_mod \
    våben* soldat* militær* terror* bombe* skyd* skudt skød slagsmål* slag slået vold voldelig* voldsom* offer ofre \
    gidsel* oversvøm* storm* tørke* forurening* gift* affald* skidt alvorlig* desperat* stress* pres presset ensom* \
    savn* frygt* angst bange chok* chokeret skuff* overrasket_over uenig* irriter* ærgerlig* ærgr* pinlig* skam* \
    skyld skyldig* løgn* lyver lyv snyd* snød bedrag* svindel* korrupt* ulovlig* sort_arbejde misbrug* narko* stof \
    alkohol* beruset overbelast* overfyldt nedsat ikke_nok for_lidt for_sent lav kvaler hindr* forhindr* blokér* \
    sammenbrud* truende mindske* tøver værre indebrændt nødt plage* plaget rod roder rodet dumt dum dumme tåbelig* \
    håbløs* mislyk* mislykkedes opgiv* opgav frustrer* ufrivillig* ubehag* gener gene generer lugter uønsket nedtur* \
    uskarp* forværr* forringe* kaos kaotisk* risiko* risikerer begræns* belast* bivirkning* overvægt* blød* blødning \
    infektion* dårlig_stemning sårbar* såret utilstrækkelig* udsat knap_så
    -2 dårlig* ringe elendig* forfærdelig* frygtelig* rædsel* rædsom* skrækkelig* hader hade hadede had hadet vred* \
    vrede rasende skuffet skuffende skuffelse utilfreds* uacceptabel* ubrugelig* uduelig* inkompetent* uhøflig* \
    ubehøvlet arrogant* utålmodig* pinligt latterlig* idiot* vanvittig* katastrofe* tragedi* tragisk* drab* dræb* \
    myrd* mord* død døde dødsfald døden dødelig* krig* massakre* voldt voldtægt* tortur* lidelse* lide lider lort* \
    lorte skod spild_af_tid mistede_en_halv_dag kan_ikke_arbejde meget_utilfreds træt_af_det under_al_kritik \
    virker_stadig_ikke stadig_ikke_løst tilbage_igen tredje_gang_nu sker_igen_og_igen sker_hver_uge ventet_i_dagevis \
    venter_stadig intet_svar ingen_svarer ingen_ringede_tilbage hørte_aldrig_mere lukket_uden_løsning \
    lukkede_bare_min_sag forkert_løsning hjalp_ikke blev_kun_værre alt_for_langsomt alt_for_langsom tager_en_evighed \
    sad_i_kø kastet_rundt sendt_fra_den_ene_til_den_anden måtte_forklare_det_hele_igen spurgte_om_det_samme \
    standardsvar kopieret_svar lyttede_ikke ikke_til_megen_hjælp anede_ingenting alt_for_besværligt svært_at_finde \
    virker_ikke virkede_ikke fungerer_ikke fungerede_ikke ikke_løst tak_for_ingenting tak_for_lort aldrig_mere \
    aldrig_igen uforskammet* svineri bedrageri* fup svindler* skandale* nedgør* ydmyg* krænk* hæslig* grim* grimt \
    ulækker* klam* ussel* sørgelig* sørger sorg grusom* brutal* håbløst uhyrlig* ekstremt_dårlig* kræft* hungersnød* \
    ødelæg* ødelagt værdiløs* meningsløs* jammerlig* nyttesløs*
    2 pæn* indbydende lovende betagende fængslende rørende medrivende velskrevet frelse* kompliment* forkæl* velvære \
    loyal* bæredygtig* prisvindende vinderne genvandt triumf* kærest* overstrålende lækkeri* stemningsfuld* \
    charmerende tilfredsstillende imponerende gæstfri* hjertelig* engager* engageret nysgerrig* modig* mod_til ægte \
    fejring fantasifuld* solskin bedrift* berigende beriget hyldest taknemlig* enestaaende
    1 garanti* åbenhed troværdig* oplevelse* indflydelse fans hjertet afslap* forbedring* velkendt enighed løfte* \
    initiativ* fremme fremmer spændt hjælpe hjælpende redde* reddet reddede redning* stolthed tilgiv* overraskelse* \
    opbakning støtter støtte lettere lettelse vigtig* effektivt vågne udmærk* delikat* farverig* rolige nænsom* \
    miljøvenlig* tiltrækkende
    -1 konfus* besky* fy flygt* flygtning* provoker* makab* traume* vælte* berygte* hacker* arbejdsløs* ledighed \
    ledig_på_grund opsagt afskedig* tvang* tvunget udelukk* fjernet slette ophæv* advar* advarsel* ballade \
    problematisk* usand* misforstå* uenighed kritisk_over bange* bløder bræk* opkast* hoste* feber influenza \
    diagnose patient* handicap* invalid* nedlagt nedlæg* afskaf* svigt* svigte* tavs* uheldig* skrøbelig* slem \
    slemme slemt snavs* svimmel* tyranni* uretfærdig* usund* utæt* vrag* vrøvl* ævl åndssvag* overgreb* fjende* \
    fjendtlig* eksplo* eksplosion* hærg* hærværk jordskælv* kollaps* kolliderede påkør* påkørt sammenstød* nødsaget \
    overvåg* sladder strafbar* undskyld* beklag* bekæmp* bande bander rockere recession inflation dyre dyrere \
    forfald* forsvundet savnet savner ofrene evakuer* vanskeligheder vejarbejde underlegen* utænkelig* uvis* \
    uværdig* ubetalt skænderi* skilsmisse* stoppet strande
    -2 raseri* hysteri* destruktiv* opslidende hackerangreb rystet rystende undertryk* kraniebrud bandit* forurene* \
    henrett* likvider* nazi* racis* fascis* diktator* diktatur* folkedrab* terroris* trafikdræbt* dødsulykke* \
    dødsfald* dødsoffer dødsofre dødsdom selvmord* overfald* kidnap* bortfør* bestialsk* kvalt druknede drukne* \
    omkom* omkommet afdød* sygelig* pædofil* chikane* mobning mobbe* vanvid vanrøgt* udnyttelse* bombede lemlæst* \
    massegrav* begravelse begravet
    -3 værste afskyelig* modbydelig* rædselsfuld* hadefuld* pissedårlig* røvdårlig* elendighed
    """

let danishNegations = "ikke ej aldrig ingen intet hverken uden næppe knap"
let danishIntensifiers = """
    meget virkelig rigtig super ekstremt utrolig utroligt helt særdeles yderst alt så mega vildt kæmpe aldeles totalt særlig
    """
let danishDiminishers = "lidt noget nogenlunde ret temmelig delvist næsten forholdsvis sommetider"
let danishTurns = "men dog imidlertid alligevel selvom"
