/// English words of feeling, written for this product and weighed by hand: no list and no weight was taken from elsewhere.
///
/// A line begins with what its words weigh; `_` joins the words of a phrase, `*` stands for any ending. Of overlapping entries
/// the longest counts, so the zeros keep phrases whole that only look like feeling. Words of the trade (error, problem, issue,
/// crash, critical) carry none.
let englishFeelings = """
    3 love loved loves excellent amazing awesome fantastic perfect perfectly wonderful outstanding superb brilliant \
    exceptional best phenomenal incredible magnificent marvellous marvelous flawless delighted thrilled \
    very_satisfied great_service excellent_support works_perfectly works_like_a_charm went_the_extra_mile \
    above_and_beyond better_than_expected saved_my_day saved_the_day thank_you_so_much thanks_so_much big_thanks \
    much_appreciated couldn't_be_better could_not_be_better couldn_t_be_better you_rock top_notch spot_on life_saver \
    lifesaver kudos
    2 good great nice happy pleased pleasant satisf* glad enjoy* impress* helpful friendly polite courteous kind \
    patient professional efficient effective quick quickly fast prompt promptly smooth smoothly easy easily simple \
    reliable comfortable convenient clean clear appreciat* thankful grateful thanks thank thx recommend recommended \
    worth worthy beautiful lovely delicious fun cool super terrific stellar fabulous splendid bravo congrat* \
    compliment* praise* well_done good_job great_job nice_job nice_work good_work quick_response fast_reply \
    solved_right_away solved_first_time fixed_in_minutes works_again very_helpful really_friendly polite_and_patient \
    knew_what_they_were_doing took_the_time explained_it_clearly easy_to_understand kept_me_informed followed_up \
    called_back_as_promised much_faster_than_before has_not_come_back no_complaints no_problems_at_all went_smoothly \
    hassle_free hassle-free easy_to_use no_problem no_problems not_bad not_too_bad can't_complain supportive \
    responsive knowledgeable competent caring accommodating generous gracious excited exciting winner win wins \
    awesomeness favorite favourite finest better improved improvement improves upgraded solved resolved \
    user_friendly good_experience great_experience happy_with pleasure yay woohoo luv blessed rocks \
    beat_the_competition on_time right_on_time hero
    1 ok_now okay_now fine well works working_fine useful fair welcome free smile smiled smiling hope hopefully \
    fixed helped helps help_me_out helping quicker faster easier smart calm safe secure warm fresh bonus cheap \
    affordable interesting interested accurate correct timely attentive respectful honest trust trusted sincere \
    proactive finally_solved finally_fixed finally_resolved cheers wow looking_forward can't_wait cannot_wait sweet
    0 failure well_as as_well thanks_in_advance thank_you_in_advance please_help like_to would_like free_of error \
    problem issue incident critical how_good how_well fair_enough thank_you_for_your_reply good_morning \
    good_afternoon good_evening best_regards kind_regards best_western hard_drive hard_disk hard_copy fast_track \
    clean_install clear_the_cache secure_login at_best best_buy love_field super_bowl well_known helpdesk better_off \
    kind_of what_kind any_kind some_kind this_kind worth_of not_only no_wonder nice_try good_luck \
    thanks_for_reaching customer_care late_last_night long_term long_time no_longer free_up feel_free not_just \
    lost_and_found hopefully_you
    -1 slow slowly late delay delayed delays wait waited waiting long hours hard difficult confus* complicated \
    expensive unclear missing missed miss lost lose lack lacking wrong incorrect broken unable can't cannot couldn't \
    didn't doesn't won't wouldn't never nobody nothing stuck noisy old dirty cold tired sad sorry unfortunately \
    inconvenien* unhappy dissatisf* poor weak fail failed fails failing cancel* cancelled refund complain* complaint \
    concern* worried worry trouble annoying annoyed hassle overpriced unpleasant mediocre lousy mess messy ignored \
    ignoring ignore still again again_and_again closed_my_ticket hung_up hold on_hold disconnected refuse* refused \
    denied rejected damaged damage leak uncomfortable stranded hidden_fees charge charged overcharg* unreliable \
    unprofessional unresponsive unfriendly careless incompeten* inefficien* impossible need_to_improve \
    needs_to_improve needs_improvement no_one pointless unfair unkind unsafe bad_luck why seriously really? wtf smh \
    ugh fail! sigh meh delays? excuse excuses lied lying lie sucks? forced stop lacks defective fake late_flight \
    crappy unacceptably useless_info nope sux no_response no_replies not_even
    -2 bad worse terrible horrible awful disappoint* frustrat* angry furious upset rude unhelpful useless worthless \
    unacceptable ridiculous pathetic disgust* disgrace* hate hated hates dreadful appalling atrocious joke shame \
    shameful stupid fed_up waste wasted annoy* nightmare sucks suck suxx incompetent disaster scam fraud cheat* \
    cheated liar dishonest insult* neglect* failing_us impatient ruined ruin damn hell crap shit bullshit \
    very_dissatisfied waste_of_time lost_half_a_day cannot_work can't_work still_not_working still_not_solved \
    still_not_fixed back_again third_time_now keeps_happening happens_every_week waited_for_days still_waiting \
    no_reply no_answer nobody_called_back never_heard_back closed_without_a_solution wrong_solution did_not_help \
    didn't_help made_it_worse far_too_slow too_slow takes_forever took_forever taking_forever on_hold_for_ages \
    passed_around sent_from_one_to_another had_to_explain_again asked_the_same_questions standard_answer \
    copy-paste_answer copy_paste_answer did_not_listen had_no_idea no_idea too_complicated hard_to_find \
    thanks_for_nothing not_working doesn't_work does_not_work don't_work never_again so_long too_long too_late \
    let_down no_help no_solution unresolved not_solved not_resolved not_fixed not_happy horrid fuming outrageous \
    inexcusable unbelievable embarrassing poorly unethical abusive hostile
    -3 worst abysmal horrendous despicable the_worst ever_again worst_ever very_bad so_bad fuck* f*ck extremely_bad
    """

let englishNegations = """
    not no never n't cannot can't without hardly barely isn't wasn't aren't weren't don't doesn't didn't won't wouldn't \
    couldn't shouldn't haven't hasn't hadn't ain't neither nor nothing dont doesnt didnt wasnt isnt cant wont
    """
let englishIntensifiers = """
    very really so super extremely absolutely totally completely incredibly truly too highly such most utterly always
    """
let englishDiminishers = "somewhat slightly fairly rather quite bit little almost partly sometimes kinda"
let englishTurns = "but however yet although though except"
